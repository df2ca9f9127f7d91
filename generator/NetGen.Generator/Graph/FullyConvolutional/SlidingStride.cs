using System.Numerics;

namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>
/// The elements of the image from one element of a map to the next, along one axis: the product of the strides before it, divided by the
/// factors of upsampling. In lowest terms.
/// </summary>
internal readonly record struct SlidingStride(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>That of the image itself.</summary>
    public static SlidingStride One { get; } = new(BigInteger.One, BigInteger.One);

    public SlidingStride Times(int stride) => Reduced(Numerator * stride, Denominator);

    public SlidingStride Over(int factor) => Reduced(Numerator, Denominator * factor);

    /// <summary>The least distance that is a whole number of steps of both.</summary>
    public SlidingStride CommonMultiple(SlidingStride other) => Reduced(
        Numerator / BigInteger.GreatestCommonDivisor(Numerator, other.Numerator) * other.Numerator,
        BigInteger.GreatestCommonDivisor(Denominator, other.Denominator));

    /// <summary>How many steps of another stride make one of this, which is a multiple of it.</summary>
    public BigInteger Steps(SlidingStride other) => Numerator * other.Denominator / (Denominator * other.Numerator);

    private static SlidingStride Reduced(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new SlidingStride(numerator / divisor, denominator / divisor);
    }
}
