namespace NetGen.Tests.Reference;

/// <summary>A layer each of whose results is an element of the input or a constant.</summary>
internal abstract class CopyReference(TensorShape input, TensorShape output, double constant = 0) : ReferenceLayer(input, output)
{
    public override double[] Forward(double[] input) =>
        [.. Enumerable.Range(0, Output.Length).Select(to => SourceAt(to) is { } from ? input[from] : constant)];

    public override double[] Backward(double[] input, double[] outputGradient)
    {
        double[] gradient = new double[Input.Length];
        for (int to = 0; to < Output.Length; to++)
        {
            if (SourceAt(to) is { } from)
            {
                gradient[from] += outputGradient[to];
            }
        }

        return gradient;
    }

    /// <summary>The input's element at a place of the result; null where there is a constant.</summary>
    protected abstract int? Source(int channel, int y, int x);

    protected int Element(int channel, int y, int x) => (((channel * Input.Height) + y) * Input.Width) + x;

    private int? SourceAt(int to) => Source(to / (Output.Height * Output.Width), to / Output.Width % Output.Height, to % Output.Width);
}

/// <summary>A border around a map.</summary>
internal sealed class PadReference(TensorShape input, PadAttribute pad) : CopyReference(
    input, new(input.Channels, pad.Top + input.Height + pad.Bottom, pad.Left + input.Width + pad.Right), pad.Value)
{
    protected override int? Source(int channel, int y, int x) =>
        Inside(y - pad.Top, Input.Height) is { } row && Inside(x - pad.Left, Input.Width) is { } column ? Element(channel, row, column) : null;

    private int? Inside(int position, int size) => pad.Mode switch
    {
        _ when position >= 0 && position < size => position,
        PadMode.Reflect => position < 0 ? -position : (2 * (size - 1)) - position,
        PadMode.Replicate => position < 0 ? 0 : size - 1,
        _ => null,
    };
}

/// <summary>PyTorch's definition: the channels as [groups, channels / groups], transposed.</summary>
internal sealed class ChannelShuffleReference(TensorShape input, int groups) : CopyReference(input, input)
{
    protected override int? Source(int channel, int y, int x) => Element((channel % groups * (Input.Channels / groups)) + (channel / groups), y, x);
}

/// <summary>A range of channels.</summary>
internal sealed class SliceReference(TensorShape input, int start, int count) : CopyReference(input, input with { Channels = count })
{
    protected override int? Source(int channel, int y, int x) => Element(start + channel, y, x);
}
