using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Moves of floats that emitted code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorMoves
{
    private const int BlockChannels = 16;
    private const int TileSide = 8;

    /// <summary>Asks for the cache line of a float that is read soon, where the processor can; it may lie beyond the end of its memory.</summary>
    /// <param name="at">The float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref float at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref at));
        }
    }

    /// <summary>
    /// Copies the pixels of a tile that lie in a plane of height × width pixels of 16 channels, and puts zeros where there are none.
    /// </summary>
    /// <param name="plane">The first pixel of the plane.</param>
    /// <param name="y">The tile's first row; it may be negative.</param>
    /// <param name="x">The tile's first column; it may be negative.</param>
    /// <param name="height">Rows of the plane.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="tile">Receives side × side pixels.</param>
    /// <param name="side">Rows and columns of the tile.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyTile(ref float plane, int y, int x, int height, int width, ref float tile, int side)
    {
        int left = Math.Min(side, Math.Max(0, -x)), right = Math.Max(left, Math.Min(side, width - x));
        for (int row = 0; row < side; row++)
        {
            ref float to = ref Unsafe.Add(ref tile, row * side * BlockChannels);
            if ((uint)(y + row) >= (uint)height)
            {
                ClearPixels(ref to, 0, side);
                continue;
            }

            ClearPixels(ref to, 0, left);
            ref float from = ref Unsafe.Add(ref plane, (((nint)(y + row) * width) + x + left) * BlockChannels);
            CopyRow(ref from, ref Unsafe.Add(ref to, left * BlockChannels), right - left);
            ClearPixels(ref to, right, side);
        }
    }

    /// <summary>Copies a rectangle of pixels of 16 channels.</summary>
    /// <param name="source">Its first pixel.</param>
    /// <param name="sourceStride">Floats between its rows.</param>
    /// <param name="destination">Where the first pixel goes.</param>
    /// <param name="destinationStride">Floats between the rows there.</param>
    /// <param name="rows">Rows of the rectangle.</param>
    /// <param name="columns">Pixels of a row.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CopyPixels(ref float source, int sourceStride, ref float destination, int destinationStride, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            CopyRow(ref Unsafe.Add(ref source, (nint)row * sourceStride), ref Unsafe.Add(ref destination, (nint)row * destinationStride), columns);
        }
    }

    // A pixel is stored at once, since what a transform loads at once must not be in two stores that are still on their way.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(ref float source, ref float destination, int pixels)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Vector512.LoadUnsafe(ref source, (nuint)(pixel * BlockChannels)).StoreUnsafe(ref destination, (nuint)(pixel * BlockChannels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearPixels(ref float row, int first, int end)
    {
        for (int pixel = first; pixel < end; pixel++)
        {
            Vector512<float>.Zero.StoreUnsafe(ref row, (nuint)(pixel * BlockChannels));
        }
    }

    /// <summary>destination[c, r] = source[r, c] for a matrix of <paramref name="rows"/> × <paramref name="columns"/>, in tiles that stay in cache.</summary>
    /// <param name="source">The first element of the matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sourceStride">Floats between its rows.</param>
    /// <param name="destination">The first element of the transposed matrix.</param>
    /// <param name="destinationStride">Floats between the transposed matrix's rows.</param>
    // Not inlined: every method emitted with a call of it would be compiled with its loops.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transpose(ref float source, int rows, int columns, int sourceStride, ref float destination, int destinationStride)
    {
        for (int firstRow = 0; firstRow < rows; firstRow += TileSide)
        {
            int lastRow = Math.Min(firstRow + TileSide, rows);
            for (int column = 0; column < columns; column++)
            {
                ref float from = ref Unsafe.Add(ref source, (nint)column);
                ref float to = ref Unsafe.Add(ref destination, (nint)column * destinationStride);
                for (int row = firstRow; row < lastRow; row++)
                {
                    Unsafe.Add(ref to, (nint)row) = Unsafe.Add(ref from, (nint)row * sourceStride);
                }
            }
        }
    }
}
