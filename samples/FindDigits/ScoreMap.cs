using NetGen;

namespace Samples;

/// <summary>What the network says of every window of a page.</summary>
/// <param name="scores">The probabilities, classes × rows × columns.</param>
internal sealed class ScoreMap(float[] scores)
{
    private const float Threshold = 0.5f;

    // Two digits are farther apart than that.
    private const int Neighbourhood = 16 / DigitsOnPage.Stride;

    private static readonly TensorShape s_shape = ShapeOf<DigitsOnPage>();

    /// <summary>The probability that a digit is in the middle of the window at a place.</summary>
    public float this[int row, int column] => 1 - scores[IndexOf(DigitOrPaper.Paper, row, column)];

    /// <summary>Rows of windows.</summary>
    public static int Rows => s_shape.Height;

    /// <summary>Columns of windows.</summary>
    public static int Columns => s_shape.Width;

    /// <summary>The pixel in the middle of the window with this index, in either direction.</summary>
    public static int MiddleOf(int index) => (index * DigitsOnPage.Stride) + (DigitOrPaper.Side / 2);

    /// <summary>Every class as an image, side by side.</summary>
    public RgbImage ToImage() => ImageGrid.OfMaps(scores, s_shape, scale: 2, commonRange: true);

    /// <summary>The digits, from top to bottom: the windows above a threshold that no window in their neighbourhood exceeds.</summary>
    public IReadOnlyList<(PlacedDigit Digit, float Probability)> FindPeaks()
    {
        var peaks = new List<(PlacedDigit, float)>();
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++)
                if (this[row, column] > Threshold && IsPeak(row, column))
                    peaks.Add((new PlacedDigit(BestDigit(row, column), MiddleOf(column), MiddleOf(row)), this[row, column]));
        return peaks;
    }

    /// <summary>Of windows alike the first is the peak.</summary>
    private bool IsPeak(int row, int column)
    {
        float score = this[row, column];
        for (int y = Math.Max(0, row - Neighbourhood); y <= Math.Min(Rows - 1, row + Neighbourhood); y++)
            for (int x = Math.Max(0, column - Neighbourhood); x <= Math.Min(Columns - 1, column + Neighbourhood); x++)
                if (this[y, x] > score || (this[y, x] == score && (y, x).CompareTo((row, column)) < 0))
                    return false;
        return true;
    }

    private int BestDigit(int row, int column) => Enumerable.Range(0, DigitOrPaper.Paper).MaxBy(digit => scores[IndexOf(digit, row, column)]);

    private static int IndexOf(int label, int row, int column) => (((label * Rows) + row) * Columns) + column;

    private static TensorShape ShapeOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.OutputShape;
}
