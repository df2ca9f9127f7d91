using NetGen;

namespace Samples;

/// <summary>Windows cut out of pages, to train with: as many with a digit in the middle as with none there.</summary>
internal static class WindowSet
{
    private const int Side = DigitOrPaper.Side, WindowsOfDigit = 3, DigitsOfPage = 80;

    // One of the windows that slide over the page is never farther from a digit.
    private const int Near = DigitsOnPage.Stride / 2;

    // From here on a window is of paper, or of the space between digits; what is in between is either.
    private const int Far = 6;

    /// <summary>Cuts windows out of pages.</summary>
    /// <param name="images">Images of digits whose values are between 0 and 1.</param>
    /// <param name="pages">How many pages.</param>
    /// <param name="random">Decides everything.</param>
    public static ByteImageDataset Cut(Dataset images, int pages, Random random)
    {
        var pixels = new List<byte>();
        var labels = new List<int>();
        var window = new byte[Side * Side];
        for (int i = 0; i < pages; i++)
        {
            Page page = Page.Compose(images, random.Next(DigitsOfPage / 2, DigitsOfPage), random);
            foreach (PlacedDigit digit in page.Digits)
            {
                for (int n = 0; n < WindowsOfDigit; n++)
                {
                    Take(page, digit.X + random.Next(-Near, Near + 1), digit.Y + random.Next(-Near, Near + 1), digit.Digit);

                    // Half of the others beside a digit, where mistakes are made, half anywhere.
                    (int x, int y) = n % 2 == 0
                        ? (digit.X + random.Next(-Side / 2, Side / 2), digit.Y + random.Next(-Side / 2, Side / 2))
                        : (random.Next(Page.Width), random.Next(Page.Height));
                    if (page.Digits.All(other => other.DistanceTo(x, y) >= Far)) Take(page, x, y, DigitOrPaper.Paper);
                }
            }
        }
        return new ByteImageDataset(new TensorShape(1, Side, Side), [.. pixels], [.. labels], DigitOrPaper.Paper + 1, DigitOrPaper.Normalization);

        void Take(Page page, int x, int y, int label)
        {
            if (x < Side / 2 || y < Side / 2 || x > Page.Width - (Side / 2) || y > Page.Height - (Side / 2)) return;
            page.CopyWindow(x, y, window);
            pixels.AddRange(window);
            labels.Add(label);
        }
    }
}
