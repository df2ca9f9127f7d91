using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>A vector of floats of one width, so that a function of each lane is written once for all widths.</summary>
internal interface IFloatVector<TSelf>
    where TSelf : struct, IFloatVector<TSelf>
{
    static abstract TSelf Create(float value);

    static abstract TSelf Abs(TSelf x);

    /// <summary>2ⁿ for the integer n, from −126 to 127, in the lowest bits of each lane.</summary>
    static abstract TSelf PowerOfTwo(TSelf lowestBits);

    /// <summary>x · 2ⁿ, rounded once, for the integer n from −150 to 128.</summary>
    static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary>The greater of a bound and x; NaN where x is.</summary>
    static abstract TSelf Greater(TSelf bound, TSelf x);

    /// <summary>The lesser of a bound and x; NaN where x is.</summary>
    static abstract TSelf Lesser(TSelf bound, TSelf x);

    /// <summary>a · b + c, fused where the machine can: in software it would take a hundred times as long.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>One vector's lanes where x is less than a bound, another's elsewhere: also where x is NaN.</summary>
    static abstract TSelf WhereLess(TSelf x, TSelf bound, TSelf below, TSelf elsewhere);

    static abstract TSelf operator -(TSelf x);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);
}

internal readonly struct FloatVector128(Vector128<float> value) : IFloatVector<FloatVector128>
{
    public Vector128<float> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Abs(FloatVector128 x) => new(Vector128.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 PowerOfTwo(FloatVector128 lowestBits) =>
        new(((lowestBits.Value.AsInt32() << FloatFunctions.MantissaBits) + Vector128<float>.One.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Scale(FloatVector128 x, FloatVector128 n) => FloatFunctions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Greater(FloatVector128 bound, FloatVector128 x) => new(Vector128.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 Lesser(FloatVector128 bound, FloatVector128 x) => new(Vector128.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 MultiplyAdd(FloatVector128 a, FloatVector128 b, FloatVector128 c) => new(Vector128.MultiplyAddEstimate(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 WhereLess(FloatVector128 x, FloatVector128 bound, FloatVector128 below, FloatVector128 elsewhere) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(x.Value, bound.Value), below.Value, elsewhere.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator -(FloatVector128 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator +(FloatVector128 left, FloatVector128 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator -(FloatVector128 left, FloatVector128 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator *(FloatVector128 left, FloatVector128 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector128 operator /(FloatVector128 left, FloatVector128 right) => new(left.Value / right.Value);
}

internal readonly struct FloatVector256(Vector256<float> value) : IFloatVector<FloatVector256>
{
    public Vector256<float> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Abs(FloatVector256 x) => new(Vector256.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 PowerOfTwo(FloatVector256 lowestBits) =>
        new(((lowestBits.Value.AsInt32() << FloatFunctions.MantissaBits) + Vector256<float>.One.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Scale(FloatVector256 x, FloatVector256 n) => FloatFunctions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Greater(FloatVector256 bound, FloatVector256 x) => new(Vector256.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Lesser(FloatVector256 bound, FloatVector256 x) => new(Vector256.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 MultiplyAdd(FloatVector256 a, FloatVector256 b, FloatVector256 c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 WhereLess(FloatVector256 x, FloatVector256 bound, FloatVector256 below, FloatVector256 elsewhere) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x.Value, bound.Value), below.Value, elsewhere.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator -(FloatVector256 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator +(FloatVector256 left, FloatVector256 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator -(FloatVector256 left, FloatVector256 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator *(FloatVector256 left, FloatVector256 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator /(FloatVector256 left, FloatVector256 right) => new(left.Value / right.Value);
}

internal readonly struct FloatVector512(Vector512<float> value) : IFloatVector<FloatVector512>
{
    public Vector512<float> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Abs(FloatVector512 x) => new(Vector512.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 PowerOfTwo(FloatVector512 lowestBits) =>
        new(((lowestBits.Value.AsInt32() << FloatFunctions.MantissaBits) + Vector512<float>.One.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Scale(FloatVector512 x, FloatVector512 n) =>
        Avx512F.IsSupported ? new(Avx512F.Scale(x.Value, n.Value)) : FloatFunctions.ScaleInTwoSteps(x, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Greater(FloatVector512 bound, FloatVector512 x) => new(Vector512.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 Lesser(FloatVector512 bound, FloatVector512 x) => new(Vector512.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 MultiplyAdd(FloatVector512 a, FloatVector512 b, FloatVector512 c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    /// <remarks>Not a conditional select: see <see cref="VectorLanes.First(Vector512{float}, int, Vector512{float})"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 WhereLess(FloatVector512 x, FloatVector512 bound, FloatVector512 below, FloatVector512 elsewhere)
    {
        Vector512<float> less = Vector512.LessThan(x.Value, bound.Value);
        return new((below.Value & less) | Vector512.AndNot(elsewhere.Value, less));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator -(FloatVector512 x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator +(FloatVector512 left, FloatVector512 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator -(FloatVector512 left, FloatVector512 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator *(FloatVector512 left, FloatVector512 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector512 operator /(FloatVector512 left, FloatVector512 right) => new(left.Value / right.Value);
}
