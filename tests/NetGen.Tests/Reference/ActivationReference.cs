namespace NetGen.Tests.Reference;

/// <summary>A function of each element by itself.</summary>
internal abstract class ActivationReference(TensorShape shape) : ReferenceLayer(shape, shape)
{
    public sealed override double[] Forward(double[] input) => [.. input.Select(Value)];

    public sealed override double[] Backward(double[] input, double[] outputGradient) =>
        [.. outputGradient.Select((gradient, i) => gradient * Derivative(input[i]))];

    protected abstract double Value(double x);

    protected abstract double Derivative(double x);
}

/// <summary>max(0, x), with derivative 0 at 0.</summary>
internal sealed class ReluReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => Math.Max(x, 0);

    protected override double Derivative(double x) => x > 0 ? 1 : 0;
}

/// <summary>x where it is positive, slope · x elsewhere.</summary>
internal sealed class LeakyReluReference(TensorShape shape, double negativeSlope) : ActivationReference(shape)
{
    protected override double Value(double x) => x > 0 ? x : negativeSlope * x;

    protected override double Derivative(double x) => x > 0 ? 1 : negativeSlope;
}

/// <summary>1 / (1 + exp(−x)).</summary>
internal sealed class SigmoidReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => 1 / (1 + Math.Exp(-x));

    protected override double Derivative(double x) => Value(x) * (1 - Value(x));
}

/// <summary>The hyperbolic tangent.</summary>
internal sealed class TanhReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => Math.Tanh(x);

    protected override double Derivative(double x) => 1 - (Value(x) * Value(x));
}
