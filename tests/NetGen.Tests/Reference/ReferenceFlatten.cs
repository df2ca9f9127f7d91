namespace NetGen.Tests.Reference;

/// <summary>A feature map as a vector, channel by channel, row by row.</summary>
internal sealed class ReferenceFlatten(TensorShape input) : ReferenceLayer(input, new TensorShape(input.Length))
{
    public override double[] Forward(double[] input) => input;

    public override double[] Backward(double[] input, double[] outputGradient) => outputGradient;
}
