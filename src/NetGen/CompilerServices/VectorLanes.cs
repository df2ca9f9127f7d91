using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Movements of a vector's lanes, for emitted code. The indices stand in the methods, since the JIT makes one instruction of a shuffle only
/// where it sees them as constants.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorLanes
{
    /// <summary>Whether vectors of 512 bits run in hardware, by the condition that emitted code names.</summary>
    public static bool Has512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512DQ.VL.IsSupported;
    }

    /// <summary>The even lanes of two vectors, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Evens(Vector128<float> low, Vector128<float> high) =>
        Vector128.ConditionalSelect(
            Vector128.Create(-1, -1, 0, 0).AsSingle(),
            Vector128.Shuffle(low, Vector128.Create(0, 2, 0, 2)),
            Vector128.Shuffle(high, Vector128.Create(0, 2, 0, 2)));

    /// <inheritdoc cref="Evens(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Evens(Vector256<float> low, Vector256<float> high) =>
        Vector256.ConditionalSelect(
            Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle(),
            Vector256.Shuffle(low, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)),
            Vector256.Shuffle(high, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6)));

    /// <inheritdoc cref="Evens(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Evens(Vector512<float> low, Vector512<float> high) =>
        Vector512.ConditionalSelect(
            Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0).AsSingle(),
            Vector512.Shuffle(low, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14)),
            Vector512.Shuffle(high, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14)));

    /// <summary>The odd lanes of two vectors, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Odds(Vector128<float> low, Vector128<float> high) =>
        Vector128.ConditionalSelect(
            Vector128.Create(-1, -1, 0, 0).AsSingle(),
            Vector128.Shuffle(low, Vector128.Create(1, 3, 1, 3)),
            Vector128.Shuffle(high, Vector128.Create(1, 3, 1, 3)));

    /// <inheritdoc cref="Odds(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odds(Vector256<float> low, Vector256<float> high) =>
        Vector256.ConditionalSelect(
            Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle(),
            Vector256.Shuffle(low, Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7)),
            Vector256.Shuffle(high, Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7)));

    /// <inheritdoc cref="Odds(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odds(Vector512<float> low, Vector512<float> high) =>
        Vector512.ConditionalSelect(
            Vector512.Create(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0).AsSingle(),
            Vector512.Shuffle(low, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 1, 3, 5, 7, 9, 11, 13, 15)),
            Vector512.Shuffle(high, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 1, 3, 5, 7, 9, 11, 13, 15)));

    /// <summary>Each lane of a vector's lower half twice: 0, 0, 1, 1, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LowerTwice(Vector128<float> vector) =>
        Vector128.Shuffle(vector, Vector128.Create(0, 0, 1, 1));

    /// <inheritdoc cref="LowerTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LowerTwice(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));

    /// <inheritdoc cref="LowerTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LowerTwice(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));

    /// <summary>Each lane of a vector's upper half twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> UpperTwice(Vector128<float> vector) =>
        Vector128.Shuffle(vector, Vector128.Create(2, 2, 3, 3));

    /// <inheritdoc cref="UpperTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> UpperTwice(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(4, 4, 5, 5, 6, 6, 7, 7));

    /// <inheritdoc cref="UpperTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> UpperTwice(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15));

    /// <summary>Each even lane twice: 0, 0, 2, 2, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EvensTwice(Vector128<float> vector) =>
        Vector128.Shuffle(vector, Vector128.Create(0, 0, 2, 2));

    /// <inheritdoc cref="EvensTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> EvensTwice(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6));

    /// <inheritdoc cref="EvensTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> EvensTwice(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14));

    /// <summary>Each odd lane twice: 1, 1, 3, 3, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OddsTwice(Vector128<float> vector) =>
        Vector128.Shuffle(vector, Vector128.Create(1, 1, 3, 3));

    /// <inheritdoc cref="OddsTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OddsTwice(Vector256<float> vector) =>
        Vector256.Shuffle(vector, Vector256.Create(1, 1, 3, 3, 5, 5, 7, 7));

    /// <inheritdoc cref="OddsTwice(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OddsTwice(Vector512<float> vector) =>
        Vector512.Shuffle(vector, Vector512.Create(1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15));

    /// <summary>The even lanes of one vector and the odd lanes of another, in their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Alternate(Vector128<float> even, Vector128<float> odd) =>
        Vector128.ConditionalSelect(Vector128.Create(-1, 0, -1, 0).AsSingle(), even, odd);

    /// <inheritdoc cref="Alternate(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Alternate(Vector256<float> even, Vector256<float> odd) =>
        Vector256.ConditionalSelect(Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0).AsSingle(), even, odd);

    /// <inheritdoc cref="Alternate(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Alternate(Vector512<float> even, Vector512<float> odd) =>
        Vector512.ConditionalSelect(Vector512.Create(-1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0).AsSingle(), even, odd);

    /// <summary>The first lanes of one vector, and another's from there on. A constant count makes a constant mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> vector, int count, Vector128<float> others) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), vector, others);

    /// <inheritdoc cref="First(Vector128{float}, int, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> vector, int count, Vector256<float> others) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), vector, others);

    /// <inheritdoc cref="First(Vector128{float}, int, Vector128{float})"/>
    /// <remarks>
    /// Not a conditional select: .NET 9 makes that a mask of 32-bit lanes on the instruction that made <paramref name="vector"/>, also where
    /// that has 64-bit lanes (the halves of <see cref="Vector512.Exp(Vector512{float})"/> joined), and keeps lanes that are none of the first.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> vector, int count, Vector512<float> others)
    {
        Vector512<float> first = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
        return (vector & first) | Vector512.AndNot(others, first);
    }

    /// <summary>The greatest lane in all lanes; any of them where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Greatest(Vector128<float> vector)
    {
        vector = Vector128.MaxNative(vector, Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(vector, Vector128.Shuffle(vector, Vector128.Create(1, 0, 3, 2)));
    }

    /// <inheritdoc cref="Greatest(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Greatest(Vector256<float> vector)
    {
        Vector128<float> greatest = Greatest(Vector128.MaxNative(vector.GetLower(), vector.GetUpper()));
        return Vector256.Create(greatest, greatest);
    }

    /// <inheritdoc cref="Greatest(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Greatest(Vector512<float> vector)
    {
        Vector256<float> greatest = Greatest(Vector256.MaxNative(vector.GetLower(), vector.GetUpper()));
        return Vector512.Create(greatest, greatest);
    }
}
