namespace NetGen.Tests.Reference;

/// <summary>max(0, x), with derivative 0 at 0.</summary>
internal sealed class ReluReference(TensorShape shape) : ReferenceLayer(shape, shape)
{
    public override double[] Forward(double[] input) => [.. input.Select(value => Math.Max(value, 0))];

    public override double[] Backward(double[] input, double[] outputGradient) =>
        [.. outputGradient.Select((gradient, i) => input[i] > 0 ? gradient : 0)];
}
