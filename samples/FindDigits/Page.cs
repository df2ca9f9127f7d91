using NetGen;

namespace Samples;

/// <summary>A digit on a page.</summary>
/// <param name="Digit">0 … 9.</param>
/// <param name="X">The column of its middle.</param>
/// <param name="Y">The row of its middle.</param>
internal readonly record struct PlacedDigit(int Digit, int X, int Y)
{
    /// <summary>How far a point is from the middle, by the larger of both directions.</summary>
    public int DistanceTo(int x, int y) => Math.Max(Math.Abs(X - x), Math.Abs(Y - y));
}

/// <summary>A page with digits strewn over it.</summary>
internal sealed class Page
{
    public const int Height = 280, Width = 420;

    private const int Side = DigitOrPaper.Side;

    // Digits are some 20 pixels high: their windows overlap, their ink does not.
    private const int LeastDistance = 22, Attempts = 50;

    private readonly byte[] _pixels = new byte[Height * Width];
    private readonly List<PlacedDigit> _digits = [];

    /// <summary>The rows of the page, 0 = paper, 255 = ink.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>What is on it.</summary>
    public IReadOnlyList<PlacedDigit> Digits => _digits;

    /// <summary>Strews digits over a page, each where there is room.</summary>
    /// <param name="images">Images of digits whose values are between 0 and 1.</param>
    /// <param name="count">How many to place; those that find no room are left out.</param>
    /// <param name="random">Decides which digits, and where.</param>
    public static Page Compose(Dataset images, int count, Random random)
    {
        var page = new Page();
        var image = new float[Side * Side];
        for (int placed = 0; placed < count; placed++)
        {
            int index = random.Next(images.Count);
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                var digit = new PlacedDigit(images.GetLabel(index), random.Next(Side / 2, Width - (Side / 2) + 1), random.Next(Side / 2, Height - (Side / 2) + 1));
                if (page._digits.Any(other => other.DistanceTo(digit.X, digit.Y) < LeastDistance)) continue;
                images.CopyInput(index, image);
                page.Draw(digit, image);
                break;
            }
        }
        return page;
    }

    /// <summary>Copies the window around a point.</summary>
    /// <param name="x">The column of its middle.</param>
    /// <param name="y">The row of its middle.</param>
    /// <param name="window">Receives 28 × 28 pixels.</param>
    public void CopyWindow(int x, int y, Span<byte> window)
    {
        for (int row = 0; row < Side; row++)
            Row(x, y, row).CopyTo(window[(row * Side)..]);
    }

    private void Draw(PlacedDigit digit, ReadOnlySpan<float> image)
    {
        _digits.Add(digit);
        for (int row = 0; row < Side; row++)
        {
            Span<byte> target = Row(digit.X, digit.Y, row);
            for (int column = 0; column < Side; column++)
                target[column] = Math.Max(target[column], (byte)(byte.MaxValue * image[(row * Side) + column] + 0.5f));
        }
    }

    private Span<byte> Row(int x, int y, int row) => _pixels.AsSpan(((y - (Side / 2) + row) * Width) + x - (Side / 2), Side);
}
