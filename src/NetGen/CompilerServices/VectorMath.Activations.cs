using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <content>The functions that activations are made of, and their derivatives; <see cref="FloatFunctions"/> has what they compute.</content>
public static partial class VectorMath
{
    /// <summary>exp(x) − 1 of each lane, right to a few units in the last place also near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpMinusOne(Vector128<float> x) => FloatFunctions.ExpMinusOne(new FloatVector128(x)).Value;

    /// <inheritdoc cref="ExpMinusOne(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpMinusOne(Vector256<float> x) => FloatFunctions.ExpMinusOne(new FloatVector256(x)).Value;

    /// <inheritdoc cref="ExpMinusOne(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpMinusOne(Vector512<float> x) => FloatFunctions.ExpMinusOne(new FloatVector512(x)).Value;

    /// <summary>x · Φ(x) of each lane with the normal distribution Φ; NaN at −∞, as PyTorch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Gelu(Vector128<float> x) => FloatFunctions.Gelu(new FloatVector128(x)).Value;

    /// <inheritdoc cref="Gelu(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x) => FloatFunctions.Gelu(new FloatVector256(x)).Value;

    /// <inheritdoc cref="Gelu(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x) => FloatFunctions.Gelu(new FloatVector512(x)).Value;

    /// <summary>The derivative of <see cref="Gelu(Vector128{float})"/>: Φ(x) + x · φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluGradient(Vector128<float> x) => FloatFunctions.GeluGradient(new FloatVector128(x)).Value;

    /// <inheritdoc cref="GeluGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluGradient(Vector256<float> x) => FloatFunctions.GeluGradient(new FloatVector256(x)).Value;

    /// <inheritdoc cref="GeluGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluGradient(Vector512<float> x) => FloatFunctions.GeluGradient(new FloatVector512(x)).Value;

    /// <summary>x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2 of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanh(Vector128<float> x) => FloatFunctions.GeluTanh(new FloatVector128(x)).Value;

    /// <inheritdoc cref="GeluTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x) => FloatFunctions.GeluTanh(new FloatVector256(x)).Value;

    /// <inheritdoc cref="GeluTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanh(Vector512<float> x) => FloatFunctions.GeluTanh(new FloatVector512(x)).Value;

    /// <summary>The derivative of <see cref="GeluTanh(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GeluTanhGradient(Vector128<float> x) => FloatFunctions.GeluTanhGradient(new FloatVector128(x)).Value;

    /// <inheritdoc cref="GeluTanhGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanhGradient(Vector256<float> x) => FloatFunctions.GeluTanhGradient(new FloatVector256(x)).Value;

    /// <inheritdoc cref="GeluTanhGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanhGradient(Vector512<float> x) => FloatFunctions.GeluTanhGradient(new FloatVector512(x)).Value;

    /// <summary>The derivative of x · sigmoid(x) in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SiluGradient(Vector128<float> x) => FloatFunctions.SiluGradient(new FloatVector128(x)).Value;

    /// <inheritdoc cref="SiluGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluGradient(Vector256<float> x) => FloatFunctions.SiluGradient(new FloatVector256(x)).Value;

    /// <inheritdoc cref="SiluGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SiluGradient(Vector512<float> x) => FloatFunctions.SiluGradient(new FloatVector512(x)).Value;

    /// <summary>x · tanh(log(1 + exp(x))) of each lane; NaN at −∞, as PyTorch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mish(Vector128<float> x) => FloatFunctions.Mish(new FloatVector128(x)).Value;

    /// <inheritdoc cref="Mish(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mish(Vector256<float> x) => FloatFunctions.Mish(new FloatVector256(x)).Value;

    /// <inheritdoc cref="Mish(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mish(Vector512<float> x) => FloatFunctions.Mish(new FloatVector512(x)).Value;

    /// <summary>The derivative of <see cref="Mish(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MishGradient(Vector128<float> x) => FloatFunctions.MishGradient(new FloatVector128(x)).Value;

    /// <inheritdoc cref="MishGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MishGradient(Vector256<float> x) => FloatFunctions.MishGradient(new FloatVector256(x)).Value;

    /// <inheritdoc cref="MishGradient(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MishGradient(Vector512<float> x) => FloatFunctions.MishGradient(new FloatVector512(x)).Value;

    /// <summary>log(1 + exp(beta · x)) / beta of each lane, and x where beta · x is above the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x, float beta, float threshold) => FloatFunctions.Softplus(new FloatVector128(x), beta, threshold).Value;

    /// <inheritdoc cref="Softplus(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x, float beta, float threshold) => FloatFunctions.Softplus(new FloatVector256(x), beta, threshold).Value;

    /// <inheritdoc cref="Softplus(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x, float beta, float threshold) => FloatFunctions.Softplus(new FloatVector512(x), beta, threshold).Value;

    /// <summary>The derivative of <see cref="Softplus(Vector128{float}, float, float)"/>: sigmoid(beta · x), and 1 above the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SoftplusGradient(Vector128<float> x, float beta, float threshold) => FloatFunctions.SoftplusGradient(new FloatVector128(x), beta, threshold).Value;

    /// <inheritdoc cref="SoftplusGradient(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SoftplusGradient(Vector256<float> x, float beta, float threshold) => FloatFunctions.SoftplusGradient(new FloatVector256(x), beta, threshold).Value;

    /// <inheritdoc cref="SoftplusGradient(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SoftplusGradient(Vector512<float> x, float beta, float threshold) => FloatFunctions.SoftplusGradient(new FloatVector512(x), beta, threshold).Value;
}
