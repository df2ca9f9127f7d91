using NetGen;

namespace Samples;

/// <summary>Draws a page with what was found on it, and below it the probability of a digit at every place.</summary>
internal static class PageImage
{
    private const int FrameRadius = 12;

    private static readonly byte[] s_right = [0, 200, 0], s_wrong = [255, 0, 0];

    /// <param name="page">The page.</param>
    /// <param name="scores">The scores of its windows.</param>
    /// <param name="found">What was found, and whether rightly.</param>
    public static RgbImage Draw(Page page, ScoreMap scores, IEnumerable<(PlacedDigit Digit, bool IsRight)> found)
    {
        var image = new RgbImage(Page.Width, 2 * Page.Height);
        for (int y = 0; y < Page.Height; y++)
        {
            for (int x = 0; x < Page.Width; x++)
            {
                Set(image, x, y, page.Pixels[(y * Page.Width) + x]);
                Set(image, x, Page.Height + y, (byte)(byte.MaxValue * ScoreAt(scores, x, y)));
            }
        }
        foreach ((PlacedDigit digit, bool isRight) in found) Frame(image, digit, isRight ? s_right : s_wrong);
        return image;
    }

    /// <summary>The score of the window whose middle is nearest; nothing near the edge, where there is no window.</summary>
    private static float ScoreAt(ScoreMap scores, int x, int y)
    {
        int first = ScoreMap.MiddleOf(0) - (DigitsOnPage.Stride / 2);
        int row = (y - first) / DigitsOnPage.Stride, column = (x - first) / DigitsOnPage.Stride;
        return y >= first && x >= first && row < ScoreMap.Rows && column < ScoreMap.Columns ? scores[row, column] : 0;
    }

    private static void Frame(RgbImage image, PlacedDigit digit, byte[] colour)
    {
        for (int i = -FrameRadius; i <= FrameRadius; i++)
        {
            Set(image, digit.X + i, digit.Y - FrameRadius, colour);
            Set(image, digit.X + i, digit.Y + FrameRadius, colour);
            Set(image, digit.X - FrameRadius, digit.Y + i, colour);
            Set(image, digit.X + FrameRadius, digit.Y + i, colour);
        }
    }

    private static void Set(RgbImage image, int x, int y, params ReadOnlySpan<byte> colour)
    {
        Span<byte> pixel = image.Pixels.Slice(3 * ((y * image.Width) + x), 3);
        if (colour.Length == 1) pixel.Fill(colour[0]);
        else colour.CopyTo(pixel);
    }
}
