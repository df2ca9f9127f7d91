namespace NetGen.Tests.Reference;

/// <summary>A map as a vector, channel by channel: nothing moves in PyTorch's order.</summary>
internal sealed class FlattenReference(TensorShape shape) : ReferenceLayer(shape, new TensorShape(shape.Length))
{
    public override double[] Forward(double[] input) => input;

    public override double[] Backward(double[] input, double[] outputGradient) => outputGradient;
}
