namespace NetGen;

/// <summary>x where x ≥ 0, negativeSlope · x elsewhere.</summary>
/// <param name="negativeSlope">The slope below zero: finite and at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReLUAttribute(double negativeSlope = 0.01) : LayerAttribute
{
    /// <summary>The slope below zero.</summary>
    public double NegativeSlope { get; } = negativeSlope;
}
