using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>The product of rows with a panel of 16 columns, on any machine's vectors.</summary>
internal static class PlainProduct
{
    /// <summary>Columns of a panel.</summary>
    public const int Lanes = 16;

    private const int TileRows = 4;

    /// <summary>destination[r, l] += Σₖ rows[r, k] · panel[k, l].</summary>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="panel">The panel, [length of a row][16].</param>
    /// <param name="destination">The first row's sums.</param>
    /// <param name="stride">Floats between the sums of one row and the next.</param>
    /// <param name="columns">Columns that there are sums for.</param>
    public static void Add(ReadOnlySpan<float> rows, ReadOnlySpan<float> panel, Span<float> destination, int stride, int columns)
    {
        int depth = panel.Length / Lanes, count = rows.Length / depth;
        Span<float> sums = stackalloc float[TileRows * Lanes];
        for (int first = 0; first < count; first += TileRows)
        {
            // Where fewer rows are left, the last one stands for those that are missing.
            Multiply(rows[(first * depth)..], depth, Math.Min(TileRows, count - first), panel, sums);
            for (int row = 0; row < Math.Min(TileRows, count - first); row++)
            {
                Span<float> to = destination.Slice((first + row) * stride, columns);
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] += sums[(row * Lanes) + i];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<float> rows, int depth, int count, ReadOnlySpan<float> panel, Span<float> sums)
    {
        ref float row0 = ref MemoryMarshal.GetReference(rows);
        ref float row1 = ref Unsafe.Add(ref row0, Math.Min(1, count - 1) * depth);
        ref float row2 = ref Unsafe.Add(ref row0, Math.Min(2, count - 1) * depth);
        ref float row3 = ref Unsafe.Add(ref row0, Math.Min(3, count - 1) * depth);
        for (int lane = 0; lane < Lanes; lane += Vector<float>.Count)
        {
            ref float column = ref Unsafe.Add(ref MemoryMarshal.GetReference(panel), lane);
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int k = 0; k < depth; k++)
            {
                Vector<float> x = Vector.LoadUnsafe(ref Unsafe.Add(ref column, k * Lanes));
                sum0 = Vector.MultiplyAddEstimate(x, new Vector<float>(Unsafe.Add(ref row0, k)), sum0);
                sum1 = Vector.MultiplyAddEstimate(x, new Vector<float>(Unsafe.Add(ref row1, k)), sum1);
                sum2 = Vector.MultiplyAddEstimate(x, new Vector<float>(Unsafe.Add(ref row2, k)), sum2);
                sum3 = Vector.MultiplyAddEstimate(x, new Vector<float>(Unsafe.Add(ref row3, k)), sum3);
            }

            sum0.CopyTo(sums[lane..]);
            sum1.CopyTo(sums[(Lanes + lane)..]);
            sum2.CopyTo(sums[((2 * Lanes) + lane)..]);
            sum3.CopyTo(sums[((3 * Lanes) + lane)..]);
        }
    }
}
