using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>What <see cref="ElementwiseFold"/> makes of the elements at one place.</summary>
internal enum Fold
{
    Sum,
    Product,
}

/// <summary>Writes sums and products of whole buffers, the gaps between elements included; what is made there nobody reads.</summary>
internal static class ElementwiseFold
{
    /// <summary>Writes the call of a kernel that stores the sum or product of several references, then an activation of it.</summary>
    /// <param name="operands">References to what is added or multiplied.</param>
    /// <param name="destination">A reference; may be one of the operands.</param>
    /// <param name="floats">Floats to go through; rounded up to whole blocks.</param>
    /// <param name="canShare">Whether threads may share the work, where they share the step.</param>
    public static void EmitCall(
        StepWriter step,
        Fold fold,
        IReadOnlyList<string> operands,
        string destination,
        int floats,
        ActivationOperator? activation = null,
        bool canShare = false)
    {
        int blocks = TensorView.RoundUp(floats) / TensorView.Block;
        string range = canShare && step.Split == WorkSplit.Shared ? $"share.First({blocks}), share.End({blocks})" : $"0, {blocks}";
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                (fold, operands.Count, activation),
                $"{fold}{operands.Count}{(activation is null ? "" : "_" + ActivationEmitter.StemOf(activation))}",
                (writer, method) => Emit(writer, method, width, fold, operands.Count, activation));
            step.Writer.Line($"{name}({string.Join(", ", operands.Append(destination).Select(reference => $"ref {reference}"))}, {range});");
        });
    }

    private static void Emit(SourceWriter writer, string method, VectorWidth width, Fold fold, int operands, ActivationOperator? activation)
    {
        (string operand, string result, string sign) = fold == Fold.Sum ? ("term", "sum", " + ") : ("factor", "product", " * ");
        string[] names = Enumerable.Range(1, operands).Select(number => $"{operand}{number}").ToArray();
        writer.Line($"// {fold} of {operands} values{(activation is null ? "" : $", {activation.Description}")}: blocks of {TensorView.Block}, first to end.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}({string.Concat(names.Select(name => $"ref float {name}, "))}ref float destination, int first, int end)"))
        using (writer.Open($"for (int i = first * {TensorView.Block}; i < end * {TensorView.Block}; i += {width.Lanes})"))
        {
            string value = $"({string.Join(sign, names.Select(name => width.Load(Refs.At(name, "i"))))})";
            writer.Line($"{width.Type} {result} = {value};");
            writer.Line(width.Store(ActivationEmitter.Apply(activation, width, result), Refs.At("destination", "i")));
        }
    }
}
