namespace NetGen;

/// <summary>The five filters of PNG: a row is stored as the differences from what stands left of it and above.</summary>
internal static class PngFilter
{
    public const int None = 0, Sub = 1, Up = 2, Average = 3, Paeth = 4, Count = 5;

    /// <summary>Turns differences into values, in place.</summary>
    /// <param name="filter">Which filter the row was stored with.</param>
    /// <param name="row">The row's differences.</param>
    /// <param name="above">The values of the row above; zeros for the first.</param>
    /// <param name="step">Bytes of a pixel, 1 at least.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case Sub:
                for (int i = step; i < row.Length; i++) row[i] += row[i - step];
                break;
            case Up:
                for (int i = 0; i < row.Length; i++) row[i] += above[i];
                break;
            case Average:
                for (int i = 0; i < row.Length; i++) row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                break;
            case Paeth:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < step ? above[i] : Nearest(row[i - step], above[i], above[i - step]);
                break;
        }
    }

    /// <summary>Writes the differences of a row.</summary>
    /// <returns>The sum of their magnitudes as signed bytes: the smaller, the better they compress, as a rule.</returns>
    public static long Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> differences)
    {
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < step ? 0 : row[i - step];
            int prediction = filter switch
            {
                Sub => left,
                Up => above[i],
                Average => (left + above[i]) / 2,
                Paeth => Nearest(left, above[i], i < step ? 0 : above[i - step]),
                _ => 0,
            };
            differences[i] = (byte)(row[i] - prediction);
            sum += Math.Abs((int)(sbyte)differences[i]);
        }
        return sum;
    }

    /// <summary>Paeth's predictor: whichever of the three is nearest to left + above − corner, the earlier where two are.</summary>
    private static byte Nearest(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
