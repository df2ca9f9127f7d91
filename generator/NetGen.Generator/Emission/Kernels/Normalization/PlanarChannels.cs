using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>
/// The channels at each position, over planes: each lane is a position with its channels a plane apart, so that lanes never meet. Gradients
/// of weights are summed lane by lane first.
/// </summary>
internal sealed class PlanarChannels(SourceWriter writer, TensorView view, VectorWidth width) : NormElements(writer, view, width)
{
    public override int Count => View.Shape.Channels;

    public override string Layout => "in planes";

    /// <summary>Floats of scratch memory for the gradients.</summary>
    public static int ScratchFloats(TensorView view) => 2 * view.Shape.Channels * TensorView.Block;

    public override void ForEachGroup(Action body, bool takesRange)
    {
        string bounds = takesRange
            ? $"int i = first * {View.RowStride}; i < end * {View.RowStride}"
            : $"int i = 0; i < {View.Shape.Height * View.RowStride}";
        using (Writer.Open($"for ({bounds}; i += {Width.Lanes})"))
        {
            body();
        }
    }

    public override void Sum(string[] names, Action<NormVector, Func<string, string>> body)
    {
        Declare(names);
        ForEachVector(vector => body(vector, name => name));
    }

    public override void ForEachVector(Action<NormVector> body)
    {
        using (Writer.Open($"for (int c = 0; c < {View.Shape.Channels}; c++)"))
        {
            body(new NormVector(
                reference => Refs.At(reference, $"({Refs.Times("c", View.BlockStride)}) + i", View.Origin), reference => Refs.At(reference, "c"), Width.Lanes));
        }
    }

    public override string Total(string sum) => sum;

    public override string Load(string weights, NormVector vector) => Width.Broadcast(vector.Weight(weights));

    public override void EmitAdd(NormVector vector, string weight, string bias)
    {
        EmitAddAt(Sums(WeightSums), weight);
        EmitAddAt(Sums(BiasSums), bias);
    }

    public override void EmitSums(Action body)
    {
        int floats = View.Shape.Channels * TensorView.Block;
        Writer.Line($"ref float {WeightSums} = ref scratch;");
        Writer.Line($"ref float {BiasSums} = ref {Refs.At("scratch", floats)};");
        Writer.Line($"MemoryMarshal.CreateSpan(ref scratch, {2 * floats}).Clear();");
        body();
        using (Writer.Open($"for (int c = 0; c < {View.Shape.Channels}; c++)"))
        {
            Writer.Line($"{Refs.At("weightGradient", "c")} += {Width.Class}.Sum({Width.Load(Sums(WeightSums))});");
            Writer.Line($"{Refs.At("biasGradient", "c")} += {Width.Class}.Sum({Width.Load(Sums(BiasSums))});");
        }
    }

    private static string Sums(string reference) => Refs.At(reference, $"c * {TensorView.Block}");
}
