using Xunit;

namespace NetGen.Tests.Imaging;

public sealed class RgbImageTests
{
    private static readonly double[] s_means = [0.485, 0.456, 0.406], s_deviations = [0.229, 0.224, 0.225];

    [Theory]
    [InlineData(16, 12, 16, 12)]
    [InlineData(37, 23, 5, 4)]
    [InlineData(64, 64, 64, 7)]
    [InlineData(5, 4, 37, 23)]
    [InlineData(40, 9, 13, 27)]
    [InlineData(1, 1, 6, 3)]
    [InlineData(300, 2, 1, 1)]
    public void Resizing_is_the_mean_under_a_triangle(int width, int height, int newWidth, int newHeight)
    {
        RgbImage image = Random(width, height);
        RgbImage resized = image.Resize(newWidth, newHeight);
        Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));

        int exact = 0;
        double[] rows = Triangle(width, newWidth), columns = Triangle(height, newHeight);
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double expected = 0;
                    for (int v = 0; v < height; v++)
                        for (int u = 0; u < width; u++)
                            expected += columns[y * height + v] * rows[x * width + u] * image.Pixels[3 * (v * width + u) + c];
                    int actual = resized.Pixels[3 * (y * newWidth + x) + c];

                    // Each of the two passes rounds by up to a half.
                    Assert.InRange(actual, expected - 1.001, expected + 1.001);
                    if (actual == (int)(expected + 0.5)) exact++;
                }
            }
        }
        Assert.InRange(exact, 3 * newWidth * newHeight / 2, 3 * newWidth * newHeight);
    }

    [Fact]
    public void Resizing_keeps_what_is_flat_and_makes_another_image()
    {
        var image = new RgbImage(50, 40);
        image.Pixels.Fill(255);
        Assert.All(image.Resize(13, 77).Pixels.ToArray(), value => Assert.Equal(255, value));
        RgbImage same = image.Resize(50, 40);
        same.Pixels[0] = 1;
        Assert.Equal(255, image.Pixels[0]);
    }

    [Theory]
    [InlineData(640, 427, 256, 383, 256)]
    [InlineData(427, 640, 256, 256, 383)]
    [InlineData(512, 512, 256, 256, 256)]
    [InlineData(3, 2, 5, 7, 5)]
    public void The_shorter_side_decides_and_the_longer_is_rounded_down(int width, int height, int side, int newWidth, int newHeight)
    {
        RgbImage resized = new RgbImage(width, height).ResizeShorterSide(side);
        Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));
    }

    [Fact]
    public void Cropping_copies_a_rectangle_and_of_halves_goes_to_the_even_place()
    {
        RgbImage image = Random(9, 7), part = image.Crop(2, 3, 4, 2);
        for (int y = 0; y < 2; y++)
            Assert.Equal(image.Pixels.Slice(3 * ((y + 3) * 9 + 2), 12).ToArray(), part.Pixels.Slice(12 * y, 12).ToArray());

        // (9 − 4) / 2 = 2.5 and (7 − 4) / 2 = 1.5 are both 2 in Python.
        Assert.Equal(image.Crop(2, 2, 4, 4).Pixels.ToArray(), image.CenterCrop(4, 4).Pixels.ToArray());
        Assert.Equal(image.Pixels.ToArray(), image.CenterCrop(9, 7).Pixels.ToArray());
    }

    [Fact]
    public void Mistakes_are_told()
    {
        var image = new RgbImage(9, 7);
        ThrowsWith.Message<ArgumentOutOfRangeException>("The image goes from 0 to 8 there.", () => image.Crop(9, 0, 1, 1));
        ThrowsWith.Message<ArgumentOutOfRangeException>("The image goes from 0 to 6 there.", () => image.Crop(0, -1, 1, 1));
        ThrowsWith.Message<ArgumentOutOfRangeException>("From 2 the image has 7; take 1 to 7.", () => image.Crop(2, 0, 8, 1));
        ThrowsWith.Message<ArgumentOutOfRangeException>("take 1 to 7.", () => image.CenterCrop(3, 0));
        ThrowsWith.Message<ArgumentOutOfRangeException>("From 0 the image has 9; take 1 to 9.", () => image.CenterCrop(10, 7));
        ThrowsWith.Message<ArgumentOutOfRangeException>("width", () => image.Resize(0, 1));
        ThrowsWith.Message<ArgumentOutOfRangeException>("height", () => image.Resize(1, 65_536));
        ThrowsWith.Message<ArgumentOutOfRangeException>("more than 134217728", () => new RgbImage(65_535, 65_535));
        ThrowsWith.Message<ArgumentOutOfRangeException>("width", () => new RgbImage(60_000, 2).ResizeShorterSide(100));
        ThrowsWith.Message<ArgumentException>("has 6 bytes; there are 5. Pass 3 a pixel.", () => new RgbImage(2, 1, new byte[5]));
        ThrowsWith.Message<ArgumentException>("has 2 bytes; there are 3. Pass 1 a pixel.", () => RgbImage.FromGrey(2, 1, new byte[3]));
        ThrowsWith.Message<ArgumentException>("The image has 3×7×9 values, the destination 5.", () => image.CopyTo(new float[5], PixelNormalization.UnitRange));
        ThrowsWith.Message<ArgumentException>("2 channels, the image 3", () => image.CopyTo(new float[189], new PixelNormalization([0, 0], [1, 1])));
    }

    [Fact]
    public void Brightness_has_the_weights_of_the_eye()
    {
        RgbImage image = new(4, 1, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
        Assert.Equal([76, 150, 29, 255], image.ToGrey());
        Assert.Equal([9, 9, 9, 7, 7, 7], RgbImage.FromGrey(1, 2, [9, 7]).Pixels.ToArray());
    }

    [Fact]
    public void Planes_are_normalized()
    {
        RgbImage image = Random(5, 3);
        var planes = new float[45];
        image.CopyTo(planes, PixelNormalization.ImageNet);
        Close.Assert([.. Enumerable.Range(0, 45).Select(i => (image.Pixels[3 * (i % 15) + i / 15] / 255.0 - s_means[i / 15]) / s_deviations[i / 15])], planes, 1e-6);
        image.CopyTo(planes, PixelNormalization.UnitRange);
        Assert.Equal(image.Pixels[3 * 14 + 2] / 255f, planes[44]);
    }

    internal static RgbImage Random(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(7).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>The weights of each pixel in each pixel of the result, [count × length].</summary>
    private static double[] Triangle(int length, int count)
    {
        var weights = new double[count * length];
        double scale = (double)length / count, radius = Math.Max(1, scale);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = weights.AsSpan(i * length, length);
            double sum = 0;
            for (int j = 0; j < length; j++) sum += row[j] = Math.Max(0, 1 - Math.Abs(j + 0.5 - (i + 0.5) * scale) / radius);
            for (int j = 0; j < length; j++) row[j] /= sum;
        }
        return weights;
    }
}
