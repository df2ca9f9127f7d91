using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Functions of each lane of a vector and their derivatives, right to a few units in the last place. Where GELU all but vanishes they are as
/// right as the exponential of an argument that is rounded to float32: to 1e-6 at x = −6.
/// </summary>
internal static class FloatFunctions
{
    public const int MantissaBits = 23;

    // Added to a number of less than 2²² it leaves the nearest integer in the lowest bits of the sum.
    private const float Shift = 3 << (MantissaBits - 1);

    // Beyond these exp(x) is no float32 any more: 0 below and ∞ above.
    private const float LeastExponent = -104, GreatestExponent = 89;

    // log 2 in two parts, of which the first times any exponent is exact.
    private const float Log2High = 0.693359375f, Log2Low = -2.12194440e-4f;

    private const float InverseLog2 = 1.44269504f;

    // Below this |x| exp(x) − 1 loses digits to cancellation, and the Taylor series to x⁸/8! is exact to float32: x⁹/9! is 2⁻²⁶ of x there.
    private const float SeriesBound = 0.5f;

    // Below this |x| the exponential form of tanh loses digits, and its Taylor series to 62x⁹/2835 is exact to float32: the next term is 2⁻²⁵ of x.
    private const float TanhSeriesBound = 0.25f;

    // Beyond this |x| no float32 is left of exp(−x²/2).
    private const float NormalBound = 16;

    // From here on 1 + exp(−2x) is 1 in float32, while exp(2x)² is still finite.
    private const float MishBound = 20;

    // √(2/π) twice, and the same times 0.044715 (Hendrycks and Gimpel, 2016).
    private const float GeluLinear = 1.5957691216f, GeluCubic = 0.0713548163f;

    private const float InverseSqrtTwoPi = 0.3989422804f;

    /// <remarks>
    /// x = n · log 2 + r with |r| at most log 2 / 2, and a polynomial in r times 2ⁿ: Moshier, Methods and Programs for
    /// Mathematical Functions (1989), with the coefficients of its library's <c>expf</c>.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T shift = T.Create(Shift);
        T bounded = T.Lesser(T.Create(GreatestExponent), T.Greater(T.Create(LeastExponent), x));
        T n = T.MultiplyAdd(bounded, T.Create(InverseLog2), shift) - shift;
        T r = T.MultiplyAdd(n, T.Create(-Log2Low), T.MultiplyAdd(n, T.Create(-Log2High), bounded));
        T polynomial = Polynomial(
            r, 1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f, 1, 1);
        return T.Scale(polynomial, n);
    }

    /// <summary>x · 2ⁿ, rounded once, where a 2ⁿ of its own would be no float32.</summary>
    /// <param name="x">Numbers that 2ⁿᐟ² does not make subnormal.</param>
    /// <param name="n">Integers from −150 to 128.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ScaleInTwoSteps<T>(T x, T n)
        where T : struct, IFloatVector<T>
    {
        T shift = T.Create(Shift);
        T half = T.MultiplyAdd(n, T.Create(0.5f), shift);
        return x * T.PowerOfTwo(half) * T.PowerOfTwo(n - (half - shift) + shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T square = x * x;
        T series = T.MultiplyAdd(x * square, Extend(T.Create(62f / 2835), square, -17f / 315, 2f / 15, -1f / 3), x);
        T exponential = T.Create(1) - (T.Create(2) / (Exp(x + x) + T.Create(1)));
        return T.WhereLess(T.Abs(x), T.Create(TanhSeriesBound), series, exponential);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T series = Polynomial(x, 1f / 40_320, 1f / 5_040, 1f / 720, 1f / 120, 1f / 24, 1f / 6, 1f / 2, 1) * x;
        return T.WhereLess(T.Abs(x), T.Create(SeriesBound), series, Exp(x) - T.Create(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gelu<T>(T x)
        where T : struct, IFloatVector<T> => x * Normal(x, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluGradient<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T distribution = Normal(x, out T exponential);
        return T.MultiplyAdd(x * exponential, T.Create(InverseSqrtTwoPi), distribution);
    }

    /// <remarks>(1 + tanh u) / 2 is the sigmoid of 2u, which does not cancel for negative u.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluTanh<T>(T x)
        where T : struct, IFloatVector<T> => x / (T.Create(1) + Exp(-(x * Polynomial(x * x, GeluCubic, GeluLinear))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T GeluTanhGradient<T>(T x)
        where T : struct, IFloatVector<T>
    {
        // Constant beyond the bounds, where powers of x would overflow.
        T bounded = T.Lesser(T.Create(NormalBound), T.Greater(T.Create(-NormalBound), x));
        T square = bounded * bounded;
        T sigmoid = Sigmoid(bounded * Polynomial(square, GeluCubic, GeluLinear));
        T slope = bounded * Polynomial(square, 3 * GeluCubic, GeluLinear);
        return sigmoid * T.MultiplyAdd(slope, T.Create(1) - sigmoid, T.Create(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SiluGradient<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T sigmoid = Sigmoid(x);
        return sigmoid * T.MultiplyAdd(x, T.Create(1) - sigmoid, T.Create(1));
    }

    /// <remarks>tanh(log(1 + e)) is n / (n + 2) with n = e · (e + 2): one exponential, and nothing cancels.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mish<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T e = Exp(T.Lesser(T.Create(MishBound), x));
        T n = e * (e + T.Create(2));
        return x * (n / (n + T.Create(2)));
    }

    /// <remarks>With e and n as above the derivative is n / (n + 2) + 4x · e · (1 + e) / (n + 2)².</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MishGradient<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T bounded = T.Lesser(T.Create(MishBound), x);
        T e = Exp(bounded);
        T n = e * (e + T.Create(2));
        T inverse = T.Create(1) / (n + T.Create(2));
        return inverse * T.MultiplyAdd(bounded, T.Create(4) * inverse * e * (T.Create(1) + e), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x, float beta, float threshold)
        where T : struct, IFloatVector<T>
    {
        T scaled = x * T.Create(beta);
        T bent = T.Greater(T.Create(0), scaled) + LogOnePlus(Exp(-T.Abs(scaled)));
        return T.WhereLess(T.Create(threshold), scaled, x, bent / T.Create(beta));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SoftplusGradient<T>(T x, float beta, float threshold)
        where T : struct, IFloatVector<T>
    {
        T scaled = x * T.Create(beta);
        return T.WhereLess(T.Create(threshold), scaled, T.Create(1), Sigmoid(scaled));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sigmoid<T>(T x)
        where T : struct, IFloatVector<T> => T.Create(1) / (T.Create(1) + Exp(-x));

    /// <summary>log(1 + x) for x from 0 to 1.</summary>
    /// <remarks>2 artanh(s) with s = x / (2 + x), which is at most ⅓: the series in s² is exact to float32 up to s¹²/13.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogOnePlus<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T s = x / (x + T.Create(2));
        return s * Polynomial(s * s, 2f / 13, 2f / 11, 2f / 9, 2f / 7, 2f / 5, 2f / 3, 2);
    }

    /// <summary>The standard normal distribution function.</summary>
    /// <param name="x">Where.</param>
    /// <param name="exponential">exp(−x²/2), which is √(2π) times the density.</param>
    /// <remarks>
    /// exp(−x²/2) times a rational function of |x| is the smaller tail with all its digits: Hart et al., Computer Approximations (1968),
    /// algorithm 5666, with the coefficients printed by West, Better Approximations to Cumulative Normal Functions (2005). Its limit is
    /// right as well, so that it serves beyond the 7.07 that it was fitted to. All coefficients are positive: no digit is lost in float32.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Normal<T>(T x, out T exponential)
        where T : struct, IFloatVector<T>
    {
        T z = T.Lesser(T.Create(NormalBound), T.Abs(x));
        exponential = Exp(z * z * T.Create(-0.5f));
        T numerator = Polynomial(z, 0.0352624966f, 0.700383064f, 6.37396220f, 33.9128661f, 112.079291f, 221.213596f, 220.206868f);
        T denominator = Polynomial(z, 0.0883883476f, 1.75566716f, 16.0641776f, 86.7807322f, 296.564249f, 637.333634f, 793.826513f, 440.413736f);
        T tail = exponential * (numerator / denominator);
        return T.WhereLess(x, T.Create(0), tail, T.Create(1) - tail);
    }

    /// <summary>A polynomial, the coefficient of its highest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T x, float a, float b)
        where T : struct, IFloatVector<T> => T.MultiplyAdd(T.Create(a), x, T.Create(b));

    /// <inheritdoc cref="Polynomial{T}(T, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T x, float a, float b, float c, float d, float e, float f, float g)
        where T : struct, IFloatVector<T> => Extend(Extend(T.Create(a), x, b, c, d), x, e, f, g);

    /// <inheritdoc cref="Polynomial{T}(T, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T x, float a, float b, float c, float d, float e, float f, float g, float h)
        where T : struct, IFloatVector<T> => Extend(Extend(Polynomial(x, a, b), x, c, d, e), x, f, g, h);

    /// <summary>A polynomial with three lower powers more (Horner's rule).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Extend<T>(T polynomial, T x, float a, float b, float c)
        where T : struct, IFloatVector<T> =>
        T.MultiplyAdd(T.MultiplyAdd(T.MultiplyAdd(polynomial, x, T.Create(a)), x, T.Create(b)), x, T.Create(c));
}
