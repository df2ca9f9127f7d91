using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Functions of vectors that the framework does not have, for emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    // Below this |x| the exponential form loses digits to cancellation, and a few terms of the Taylor series are exact to float32:
    // tanh x = x − x³/3 + 2x⁵/15 − 17x⁷/315 + 62x⁹/2835 − …, whose next term is below 2⁻²⁵ of x there.
    private const float SeriesBound = 0.25f;
    private const float C3 = -1f / 3, C5 = 2f / 15, C7 = -17f / 315, C9 = 62f / 2835;

    /// <summary>The hyperbolic tangent of each lane, right to a few units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        Vector128<float> square = x * x;
        Vector128<float> series = x + (x * square * (Vector128.Create(C3) + (square * (Vector128.Create(C5) + (square * (Vector128.Create(C7) + (square * Vector128.Create(C9))))))));
        Vector128<float> exponential = Vector128<float>.One - (Vector128.Create(2f) / (Vector128.Exp(x + x) + Vector128<float>.One));
        return Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(x), Vector128.Create(SeriesBound)), series, exponential);
    }

    /// <inheritdoc cref="Tanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> square = x * x;
        Vector256<float> series = x + (x * square * (Vector256.Create(C3) + (square * (Vector256.Create(C5) + (square * (Vector256.Create(C7) + (square * Vector256.Create(C9))))))));
        Vector256<float> exponential = Vector256<float>.One - (Vector256.Create(2f) / (Vector256.Exp(x + x) + Vector256<float>.One));
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(SeriesBound)), series, exponential);
    }

    /// <inheritdoc cref="Tanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> square = x * x;
        Vector512<float> series = x + (x * square * (Vector512.Create(C3) + (square * (Vector512.Create(C5) + (square * (Vector512.Create(C7) + (square * Vector512.Create(C9))))))));
        Vector512<float> exponential = Vector512<float>.One - (Vector512.Create(2f) / (Vector512.Exp(x + x) + Vector512<float>.One));
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SeriesBound)), series, exponential);
    }

    /// <summary>
    /// The greater of each two lanes, NaN where either is, and of two zeros either one. That last freedom makes it half the work of
    /// <c>Max</c>, for which only AVX-512 has instructions.
    /// </summary>
    /// <remarks>x86's maximum is its second operand where either is NaN: only the first is left to be looked at.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Maximum(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b) | Vector128.IsNaN(a);

    /// <inheritdoc cref="Maximum(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Maximum(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b) | Vector256.IsNaN(a);

    /// <inheritdoc cref="Maximum(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Maximum(Vector512<float> a, Vector512<float> b) => Vector512.Max(a, b);
}
