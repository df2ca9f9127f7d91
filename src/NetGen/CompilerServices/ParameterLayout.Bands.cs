using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <content>
/// Copies at the speed of memory. Kernels read their weights in vectors over output channels, the first axis of PyTorch's tensors: 16 rows of
/// such a tensor, a band, lie in the block as one piece of 16 floats, 64 bytes, for each of their columns. A band is copied by transposing it.
/// </content>
public sealed partial class ParameterLayout
{
    private const int BandRows = 16;

    // A square that vectors of 128 bits transpose in registers.
    private const int Side = 4;

    // Elements that a file is read by, if a band is not longer: enough that calls and seeks cost nothing, few enough for a cache.
    private const int PreferredChunk = 1 << 17;

    // Bands are held in memory; longer ones are copied element by element.
    private const int LongestBand = 1 << 24;

    private int[]? _placesInBand;
    private int? _bandLength;

    /// <summary>The most elements that one of the tensors is copied by.</summary>
    internal static int LongestChunk(ParameterLayout[] layouts)
    {
        int longest = 0;
        foreach (ParameterLayout layout in layouts)
        {
            longest = Math.Max(longest, layout.ChunkLength);
        }

        return longest;
    }

    /// <summary>Elements to copy at a time: whole bands where there are any.</summary>
    internal int ChunkLength => BandLength == 0 ? PreferredChunk : Math.Max(1, PreferredChunk / BandLength) * BandLength;

    /// <summary>Elements of a band; 0 where the tensor does not lie in bands.</summary>
    private int BandLength => _bandLength ??= ComputeBandLength();

    private int ComputeBandLength()
    {
        if (Shape.Length < 2 || Shape[0] < BandRows || _axes[0][1] != 1 || (_axes[0].Length > 2 && _axes[0][0] % BandRows != 0))
        {
            return 0;
        }

        long length = (long)BandRows * (Length / Shape[0]);
        return length is > 0 and <= LongestBand ? (int)length : 0;
    }

    /// <summary>How many elements, of <paramref name="length"/> from <paramref name="first"/> on, are copied in the same way.</summary>
    /// <param name="first">Row-major index of the first.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="inBands">Whether they are whole bands.</param>
    private int CountAlike(int first, int length, out bool inBands)
    {
        int band = BandLength, end = band == 0 ? 0 : Shape[0] / BandRows * band;
        inBands = first < end && first % band == 0 && length >= band;
        return inBands ? Math.Min(length, end - first) / band * band
            : first < end ? Math.Min(length, band - (first % band))
            : length;
    }

    private void CopyBandsFrom(Span<float> block, int first, ReadOnlySpan<float> source)
    {
        int[] places = _placesInBand ??= PlacesInBand();
        int reach = ReachOf(places);
        for (int done = 0; done < source.Length; done += BandLength)
        {
            CopyBandFrom(block.Slice(PlaceOfBand(first + done), reach), source.Slice(done, BandLength), places);
        }
    }

    private void CopyBandsTo(ReadOnlySpan<float> block, int first, Span<float> destination)
    {
        int[] places = _placesInBand ??= PlacesInBand();
        int reach = ReachOf(places);
        for (int done = 0; done < destination.Length; done += BandLength)
        {
            CopyBandTo(block.Slice(PlaceOfBand(first + done), reach), destination.Slice(done, BandLength), places);
        }
    }

    /// <summary>Floats from a band's first to its last. A loop: the library's vectorised maximum takes the JIT milliseconds.</summary>
    private static int ReachOf(int[] places)
    {
        int furthest = 0;
        foreach (int place in places)
        {
            furthest = Math.Max(furthest, place);
        }

        return furthest + BandRows;
    }

    private int PlaceOfBand(int first) => Offset + Place(_axes[0], first / (BandLength / BandRows));

    /// <summary>For each column of a band the place of its piece, from the band's first.</summary>
    private int[] PlacesInBand()
    {
        int[][] axes = _placesOfAxes ??= PlacesOfAxes();
        int[] places = [0];
        foreach (int[] axis in axes.AsSpan(1))
        {
            int[] inner = new int[places.Length * axis.Length];
            for (int i = 0; i < inner.Length; i++)
            {
                inner[i] = places[i / axis.Length] + axis[i % axis.Length];
            }

            places = inner;
        }

        return places;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBandFrom(Span<float> block, ReadOnlySpan<float> source, int[] places)
    {
        // Sixteen columns at a time, all of a row's together: rows are often a power of two apart, and of lines that far apart a cache
        // holds only a few. The slices were checked against the furthest place and the band's length.
        int columns = places.Length, whole = Vector128.IsHardwareAccelerated ? columns / BandRows * BandRows : 0;
        ref float pieces = ref MemoryMarshal.GetReference(block);
        ref float rows = ref MemoryMarshal.GetReference(source);
        for (int first = 0; first < whole; first += BandRows)
        {
            // Stores that wait for memory hold each other up; loads of the lines that later columns go to do not.
            for (int column = first + (2 * BandRows); column < Math.Min(first + (3 * BandRows), whole); column++)
            {
                Prefetch(ref Unsafe.Add(ref pieces, places[column]));
            }

            for (int row = 0; row < BandRows; row += Side)
            {
                for (int column = first; column < first + BandRows; column += Side)
                {
                    ref float from = ref Unsafe.Add(ref rows, ((nint)row * columns) + column);
                    Vector128<float> a = Vector128.LoadUnsafe(ref from);
                    Vector128<float> b = Vector128.LoadUnsafe(ref from, (nuint)columns);
                    Vector128<float> c = Vector128.LoadUnsafe(ref from, 2 * (nuint)columns);
                    Vector128<float> d = Vector128.LoadUnsafe(ref from, 3 * (nuint)columns);
                    Transpose(ref a, ref b, ref c, ref d);
                    a.StoreUnsafe(ref pieces, (nuint)(places[column] + row));
                    b.StoreUnsafe(ref pieces, (nuint)(places[column + 1] + row));
                    c.StoreUnsafe(ref pieces, (nuint)(places[column + 2] + row));
                    d.StoreUnsafe(ref pieces, (nuint)(places[column + 3] + row));
                }
            }
        }

        if (whole < columns)
        {
            CopyColumnsFrom(block, source, places, whole);
        }
    }

    // The columns behind the last square stand apart: where there are none the JIT need not compile them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumnsFrom(Span<float> block, ReadOnlySpan<float> source, int[] places, int first)
    {
        for (int column = first; column < places.Length; column++)
        {
            for (int row = 0; row < BandRows; row++)
            {
                block[places[column] + row] = source[(row * places.Length) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyBandTo(ReadOnlySpan<float> block, Span<float> destination, int[] places)
    {
        int columns = places.Length, whole = Vector128.IsHardwareAccelerated ? columns / BandRows * BandRows : 0;
        ref float pieces = ref MemoryMarshal.GetReference(block);
        ref float rows = ref MemoryMarshal.GetReference(destination);
        for (int first = 0; first < whole; first += BandRows)
        {
            for (int row = 0; row < BandRows; row += Side)
            {
                for (int column = first; column < first + BandRows; column += Side)
                {
                    Vector128<float> a = Vector128.LoadUnsafe(ref pieces, (nuint)(places[column] + row));
                    Vector128<float> b = Vector128.LoadUnsafe(ref pieces, (nuint)(places[column + 1] + row));
                    Vector128<float> c = Vector128.LoadUnsafe(ref pieces, (nuint)(places[column + 2] + row));
                    Vector128<float> d = Vector128.LoadUnsafe(ref pieces, (nuint)(places[column + 3] + row));
                    Transpose(ref a, ref b, ref c, ref d);
                    ref float to = ref Unsafe.Add(ref rows, ((nint)row * columns) + column);
                    a.StoreUnsafe(ref to);
                    b.StoreUnsafe(ref to, (nuint)columns);
                    c.StoreUnsafe(ref to, 2 * (nuint)columns);
                    d.StoreUnsafe(ref to, 3 * (nuint)columns);
                }
            }
        }

        for (int column = whole; column < columns; column++)
        {
            for (int row = 0; row < BandRows; row++)
            {
                destination[(row * columns) + column] = block[places[column] + row];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float line)
    {
        // A hint for an address: where the line has moved meanwhile, it does nothing.
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref line));
        }
    }

    /// <summary>Exchanges the rows and columns of a square of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c, ref Vector128<float> d)
    {
        Vector128<float> evenTop = Evens(a, b), oddTop = Odds(a, b), evenBottom = Evens(c, d), oddBottom = Odds(c, d);
        a = Evens(evenTop, evenBottom);
        b = Evens(oddTop, oddBottom);
        c = Odds(evenTop, evenBottom);
        d = Odds(oddTop, oddBottom);
    }

    // One instruction of two operands, which the JIT does not make of two shuffles and a blend.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Evens(Vector128<float> low, Vector128<float> high) =>
        Sse.IsSupported ? Sse.Shuffle(low, high, 0b10_00_10_00) : VectorLanes.Evens(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Odds(Vector128<float> low, Vector128<float> high) =>
        Sse.IsSupported ? Sse.Shuffle(low, high, 0b11_01_11_01) : VectorLanes.Odds(low, high);
}
