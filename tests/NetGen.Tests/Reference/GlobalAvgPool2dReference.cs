namespace NetGen.Tests.Reference;

/// <summary>The mean of each channel.</summary>
internal sealed class GlobalAvgPool2dReference(TensorShape input) : ReferenceLayer(input, new TensorShape(input.Channels, 1, 1))
{
    private int Pixels => Input.Height * Input.Width;

    public override double[] Forward(double[] input) => [.. input.Chunk(Pixels).Select(channel => channel.Average())];

    public override double[] Backward(double[] input, double[] outputGradient) =>
        [.. outputGradient.SelectMany(gradient => Enumerable.Repeat(gradient / Pixels, Pixels))];
}
