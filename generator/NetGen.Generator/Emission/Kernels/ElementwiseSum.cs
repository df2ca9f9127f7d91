using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes sums of whole buffers, the gaps between elements included; what is made there nobody reads.</summary>
internal static class ElementwiseSum
{
    /// <summary>Writes the call of a kernel that stores the sum of several references, then an activation of it.</summary>
    /// <param name="terms">References to what is added.</param>
    /// <param name="destination">A reference; may be one of the terms.</param>
    /// <param name="floats">Floats to add; rounded up to whole blocks.</param>
    /// <param name="canShare">Whether threads may share the sum, where they share the step.</param>
    public static void EmitCall(
        StepWriter step, IReadOnlyList<string> terms, string destination, int floats, ActivationOperator? activation = null, bool canShare = false)
    {
        int blocks = TensorView.RoundUp(floats) / TensorView.Block;
        string range = canShare && step.Split == WorkSplit.Shared ? $"share.First({blocks}), share.End({blocks})" : $"0, {blocks}";
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                ("sum", terms.Count, activation, width),
                $"Sum{terms.Count}{(activation is null ? "" : "_" + ActivationEmitter.StemOf(activation))}_{width}",
                (writer, method) => Emit(writer, method, width, terms.Count, activation));
            step.Writer.Line($"{name}({string.Join(", ", terms.Append(destination).Select(reference => $"ref {reference}"))}, {range});");
        });
    }

    private static void Emit(SourceWriter writer, string method, VectorWidth width, int terms, ActivationOperator? activation)
    {
        string[] names = Enumerable.Range(1, terms).Select(term => $"term{term}").ToArray();
        writer.Line($"// Sum of {terms} values{(activation is null ? "" : $", {activation.Description}")}: blocks of {TensorView.Block}, first to end.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"private static void {method}({string.Concat(names.Select(name => $"ref float {name}, "))}ref float destination, int first, int end)"))
        using (writer.Open($"for (int i = first * {TensorView.Block}; i < end * {TensorView.Block}; i += {width.Lanes})"))
        {
            string sum = $"({string.Join(" + ", names.Select(name => width.Load(Refs.At(name, "i"))))})";
            writer.Line($"{width.Type} sum = {sum};");
            writer.Line($"{ActivationEmitter.Apply(activation, width, "sum")}.StoreUnsafe(ref {Refs.At("destination", "i")});");
        }
    }
}
