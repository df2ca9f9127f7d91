using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Moves of floats that emitted code calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TensorMoves
{
    private const int TileSide = 8;

    /// <summary>destination[c, r] = source[r, c] for a matrix of <paramref name="rows"/> × <paramref name="columns"/>, in tiles that stay in cache.</summary>
    /// <param name="source">The first element of the matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sourceStride">Floats between its rows.</param>
    /// <param name="destination">The first element of the transposed matrix.</param>
    /// <param name="destinationStride">Floats between the transposed matrix's rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
