using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>The channels at each position, over blocks of channels: a position's vectors lie a block apart. Lanes behind the last channel become zero.</summary>
internal sealed class BlockedChannels(SourceWriter writer, TensorView view, VectorWidth width) : NormElements(writer, view, width)
{
    public override int Count => View.Shape.Channels;

    public override string Layout => "in blocks of 16 channels";

    /// <summary>Floats of scratch memory for the gradients.</summary>
    public static int ScratchFloats(TensorView view) => 2 * TensorView.RoundUp(view.Shape.Channels);

    private int FullBlocks => View.Shape.Channels / TensorView.Block;

    private int WeightFloats => TensorView.RoundUp(View.Shape.Channels);

    public override void ForEachGroup(Action body, bool takesRange)
    {
        string bounds = takesRange
            ? $"int pixel = first * {View.RowStride}; pixel < end * {View.RowStride}"
            : $"int pixel = 0; pixel < {View.Shape.Height * View.RowStride}";
        using (Writer.Open($"for ({bounds}; pixel += {TensorView.Block})"))
        {
            body();
        }
    }

    public override void Sum(string[] names, Action<NormVector, Func<string, string>> body)
    {
        Declare(names);
        ForEachVector(vector => body(vector, name => name), withGaps: false);
    }

    public override void ForEachVector(Action<NormVector> body) => ForEachVector(body, withGaps: true);

    public override void EmitAdd(NormVector vector, string weight, string bias)
    {
        EmitAddAt(vector.Weight(WeightSums), weight);
        EmitAddAt(vector.Weight(BiasSums), bias);
    }

    public override void EmitSums(Action body)
    {
        Writer.Line($"ref float {WeightSums} = ref scratch;");
        Writer.Line($"ref float {BiasSums} = ref {Refs.At("scratch", WeightFloats)};");
        Writer.Line($"MemoryMarshal.CreateSpan(ref scratch, {2 * WeightFloats}).Clear();");
        body();
        using (Writer.Open($"for (int i = 0; i < {WeightFloats}; i += {Width.Lanes})"))
        {
            EmitAddAt(Refs.At("weightGradient", "i"), Width.Load(Refs.At(WeightSums, "i")));
            EmitAddAt(Refs.At("biasGradient", "i"), Width.Load(Refs.At(BiasSums, "i")));
        }
    }

    private void ForEachVector(Action<NormVector> body, bool withGaps)
    {
        if (FullBlocks > 0)
        {
            using (Writer.Open($"for (int block = 0; block < {FullBlocks}; block++)"))
            using (Writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {Width.Lanes})"))
            {
                body(new NormVector(
                    reference => Refs.At(reference, $"pixel + (block * {View.BlockStride}) + lane", View.Origin),
                    reference => Refs.At(reference, $"(block * {TensorView.Block}) + lane"),
                    Width.Lanes));
            }
        }

        int rest = View.Shape.Channels % TensorView.Block;
        for (int lane = 0; rest > 0 && lane < TensorView.Block; lane += Width.Lanes)
        {
            int elements = Math.Max(0, Math.Min(Width.Lanes, rest - lane)), first = lane;
            if (elements == 0 && !withGaps)
            {
                continue;
            }

            using (Writer.Open())
            {
                body(new NormVector(
                    reference => Refs.At(reference, "pixel", View.Origin + (FullBlocks * View.BlockStride) + first),
                    reference => Refs.At(reference, (FullBlocks * TensorView.Block) + first),
                    elements));
            }
        }
    }
}
