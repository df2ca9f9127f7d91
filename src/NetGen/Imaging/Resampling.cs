namespace NetGen;

/// <summary>
/// Scales images along one axis under a triangle filter, in whole numbers as Pillow's <c>Resample.c</c>: weights in 2²²ths, and 8 bits
/// between the two axes; so results are the same on every machine.
/// </summary>
internal static class Resampling
{
    private const int WeightBits = 22;
    private const int Half = 1 << (WeightBits - 1);

    /// <summary>Gives every row another number of pixels.</summary>
    public static RgbImage Rows(RgbImage source, int width)
    {
        if (width == source.Width) return source;
        Window[] windows = Windows(source.Width, width);
        var result = new RgbImage(width, source.Height);
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Pixels.Slice(RgbImage.Channels * y * source.Width, RgbImage.Channels * source.Width);
            Span<byte> to = result.Pixels.Slice(RgbImage.Channels * y * width, RgbImage.Channels * width);
            for (int x = 0; x < width; x++)
            {
                (int first, int[] weights) = (windows[x].First, windows[x].Weights);
                int red = Half, green = Half, blue = Half;
                for (int i = 0; i < weights.Length; i++)
                {
                    ReadOnlySpan<byte> pixel = from.Slice(RgbImage.Channels * (first + i), RgbImage.Channels);
                    red += weights[i] * pixel[0];
                    green += weights[i] * pixel[1];
                    blue += weights[i] * pixel[2];
                }
                to[RgbImage.Channels * x] = Rounded(red);
                to[RgbImage.Channels * x + 1] = Rounded(green);
                to[RgbImage.Channels * x + 2] = Rounded(blue);
            }
        }
        return result;
    }

    /// <summary>Gives every column another number of pixels. Returns another image than the one given.</summary>
    public static RgbImage Columns(RgbImage source, int height)
    {
        if (height == source.Height) return new RgbImage(source.Width, height, source.Pixels);
        Window[] windows = Windows(source.Height, height);
        int rowBytes = RgbImage.Channels * source.Width;
        var result = new RgbImage(source.Width, height);
        var sums = new int[rowBytes];
        for (int y = 0; y < height; y++)
        {
            sums.AsSpan().Fill(Half);
            (int first, int[] weights) = (windows[y].First, windows[y].Weights);
            for (int i = 0; i < weights.Length; i++)
            {
                ReadOnlySpan<byte> row = source.Pixels.Slice(rowBytes * (first + i), rowBytes);
                for (int x = 0; x < row.Length; x++) sums[x] += weights[i] * row[x];
            }
            Span<byte> target = result.Pixels.Slice(rowBytes * y, rowBytes);
            for (int x = 0; x < target.Length; x++) target[x] = Rounded(sums[x]);
        }
        return result;
    }

    /// <summary>The pixels that each pixel of the result is made of, and their weights.</summary>
    private static Window[] Windows(int length, int count)
    {
        double scale = (double)length / count;
        double support = Math.Max(1, scale), slope = 1 / support;
        var windows = new Window[count];
        for (int i = 0; i < count; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(length, (int)(center + support + 0.5));
            var values = new double[end - first];
            for (int j = 0; j < values.Length; j++) values[j] = Math.Max(0, 1 - Math.Abs((first + j - center + 0.5) * slope));
            double sum = values.Sum();
            windows[i] = new Window(first, Array.ConvertAll(values, value => (int)(value / sum * (1 << WeightBits) + 0.5)));
        }
        return windows;
    }

    // The rounded weights may add up to a little more than one.
    private static byte Rounded(int sum) => (byte)Math.Min(byte.MaxValue, sum >> WeightBits);

    private readonly record struct Window(int First, int[] Weights);
}
