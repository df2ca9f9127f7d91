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

/// <summary>min(max(0, x), 6), with derivative 0 at both bends.</summary>
internal sealed class Relu6Reference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => Math.Min(Math.Max(x, 0), 6);

    protected override double Derivative(double x) => x is > 0 and < 6 ? 1 : 0;
}

/// <summary>x where it is positive, alpha · (exp(x) − 1) elsewhere.</summary>
internal sealed class EluReference(TensorShape shape, double alpha) : ActivationReference(shape)
{
    protected override double Value(double x) => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    protected override double Derivative(double x) => x > 0 ? 1 : alpha * Math.Exp(x);
}

/// <summary>The exponential linear unit with the constants of Klambauer et al. (2017).</summary>
internal sealed class SeluReference(TensorShape shape) : ActivationReference(shape)
{
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Scale = 1.0507009873554804934193349852946;

    protected override double Value(double x) => Scale * (x > 0 ? x : Alpha * (Math.Exp(x) - 1));

    protected override double Derivative(double x) => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x));
}

/// <summary>x · Φ(x).</summary>
internal sealed class GeluReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => x * NormalDistribution.Below(x);

    protected override double Derivative(double x) => NormalDistribution.Below(x) + (x * NormalDistribution.Density(x));
}

/// <summary>x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2.</summary>
internal sealed class GeluTanhReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => x * Share(x);

    // The derivative of the share by its exponent is share · (1 − share).
    protected override double Derivative(double x) =>
        Share(x) + (x * Share(x) * (1 - Share(x)) * 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));

    // (1 + tanh u) / 2 with no digits lost where tanh u is near −1.
    private static double Share(double x) => 1 / (1 + Math.Exp(-2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));
}

/// <summary>x / (1 + exp(−x)).</summary>
internal sealed class SiluReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => x * Sigmoid(x);

    protected override double Derivative(double x) => Sigmoid(x) * (1 + (x * Sigmoid(-x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>x · tanh(log(1 + exp(x))).</summary>
internal sealed class MishReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => x * Math.Tanh(SoftplusReference.Of(x));

    protected override double Derivative(double x)
    {
        double tanh = Math.Tanh(SoftplusReference.Of(x));
        return tanh + (x * (1 - (tanh * tanh)) / (1 + Math.Exp(-x)));
    }
}

/// <summary>min(max(0, x + 3), 6) / 6, with derivative 0 at both bends.</summary>
internal sealed class HardSigmoidReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => Math.Min(Math.Max(0, x + 3), 6) / 6;

    protected override double Derivative(double x) => x is > -3 and < 3 ? 1.0 / 6 : 0;
}

/// <summary>x · min(max(0, x + 3), 6) / 6, with the derivative of the straight line at both bends.</summary>
internal sealed class HardSwishReference(TensorShape shape) : ActivationReference(shape)
{
    protected override double Value(double x) => x * Math.Min(Math.Max(0, x + 3), 6) / 6;

    protected override double Derivative(double x) => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5;
}

/// <summary>log(1 + exp(beta · x)) / beta, and x where beta · x is above the threshold.</summary>
internal sealed class SoftplusReference(TensorShape shape, double beta, double threshold) : ActivationReference(shape)
{
    /// <summary>log(1 + exp(x)), with all its digits where exp(x) is small beside 1.</summary>
    public static double Of(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (e < 1e-5 ? e - (e * e / 2) : Math.Log(1 + e));
    }

    protected override double Value(double x) => beta * x > threshold ? x : Of(beta * x) / beta;

    protected override double Derivative(double x) => beta * x > threshold ? 1 : 1 / (1 + Math.Exp(-beta * x));
}
