using Xunit;

namespace NetGen.Tests.Imaging;

public sealed class ImageGridTests
{
    private static readonly byte[] s_border = [48, 64, 112], s_red = [255, 0, 0];

    [Fact]
    public void Maps_are_grey_tiles_with_ranges_of_their_own_or_a_common_one()
    {
        float[] values = [0, 1, 2, 3, /**/ 10, 10, 20, 30, /**/ 5, 5, 5, 5];
        RgbImage own = ImageGrid.OfMaps(values, new TensorShape(3, 2, 2)), common = ImageGrid.OfMaps(values, new TensorShape(3, 2, 2), commonRange: true);

        // Two columns and two rows of 2×2 with borders of 2; the fourth place stays empty.
        Assert.Equal((10, 10), (own.Width, own.Height));
        Assert.Equal([[0, 85, 170, 255], [0, 0, 128, 255], [128, 128, 128, 128]], Tiles(own));
        Assert.Equal([[0, 9, 17, 26], [85, 85, 170, 255], [43, 43, 43, 43]], Tiles(common));
        Assert.Equal(s_border, At(own, 0, 0));
        Assert.Equal(s_border, At(own, 4, 3));
        Assert.Equal(s_border, At(own, 7, 7));

        static byte[][] Tiles(RgbImage image) => [Tile(image, 2, 2), Tile(image, 6, 2), Tile(image, 2, 6)];
        static byte[] Tile(RgbImage image, int x, int y) =>
            [At(image, x, y)[0], At(image, x + 1, y)[1], At(image, x, y + 1)[2], At(image, x + 1, y + 1)[0]];
    }

    [Fact]
    public void Values_are_squares_of_the_scale_and_what_is_not_finite_is_red()
    {
        RgbImage image = ImageGrid.OfMaps([0, float.NaN, float.PositiveInfinity, 2], new TensorShape(1, 1, 4), scale: 3);
        Assert.Equal((16, 7), (image.Width, image.Height));
        for (int y = 2; y < 5; y++)
        {
            for (int x = 0; x < 12; x++)
                Assert.Equal(x < 3 ? [0, 0, 0] : x < 9 ? s_red : [255, 255, 255], At(image, 2 + x, y));
        }
        Assert.Equal(s_border, At(image, 8, 5));
        Assert.Equal([128, 128, 128], At(ImageGrid.OfMaps([7], new TensorShape(1)), 2, 2));
        Assert.Equal(s_red, At(ImageGrid.OfMaps([float.NaN], new TensorShape(1)), 2, 2));
        Assert.Equal([255, 255, 255], At(ImageGrid.OfMaps([-3e38f, 3e38f], new TensorShape(1, 1, 2)), 3, 2));
    }

    [Fact]
    public void Filters_over_colours_are_coloured_and_zero_is_mid_grey()
    {
        Parameter weight = new ColourFilters().Parameters["conv1.weight"];
        float[] values = new float[weight.Length];
        (values[0], values[4], values[8]) = (2, -2, 1);
        weight.CopyFrom(values);
        RgbImage image = ImageGrid.OfFilters(weight, scale: 2), common = ImageGrid.OfFilters(weight, scale: 1, commonRange: true);

        // Two filters of 2×2 in two columns.
        Assert.Equal((14, 8), (image.Width, image.Height));
        Assert.Equal([255, 0, 191], At(image, 2, 2));
        Assert.Equal([255, 0, 191], At(image, 3, 3));
        Assert.Equal([128, 128, 128], At(image, 4, 2));
        Assert.Equal([128, 128, 128], At(image, 8, 2));
        Assert.Equal([255, 0, 191], At(common, 2, 2));
    }

    [Fact]
    public void Filters_over_other_inputs_are_rows_of_grey_tiles()
    {
        Parameter weight = new ColourFilters().Parameters["conv2.weight"];
        float[] values = new float[weight.Length];
        values[0] = 1;
        values[3] = -4;
        weight.CopyFrom(values);
        RgbImage image = ImageGrid.OfFilters(weight, scale: 1), common = ImageGrid.OfFilters(weight, scale: 1, commonRange: true);

        // Five outputs of 1×1 over two inputs.
        Assert.Equal((8, 17), (image.Width, image.Height));
        Assert.Equal([255, 128, 128, 0], (byte[])[At(image, 2, 2)[0], At(image, 5, 2)[1], At(image, 2, 5)[2], At(image, 5, 5)[0]]);
        Assert.Equal([159, 128, 128, 0], (byte[])[At(common, 2, 2)[0], At(common, 5, 2)[1], At(common, 2, 5)[2], At(common, 5, 5)[0]]);
    }

    [Fact]
    public void Scores_glow()
    {
        RgbImage image = ImageGrid.Heat([0, 1, 2, 3, 6, float.NaN], 2, 3, scale: 2);
        Assert.Equal((6, 4), (image.Width, image.Height));
        Assert.Equal([[0, 0, 0], [128, 0, 0], [255, 0, 0]], (byte[][])[At(image, 1, 1), At(image, 2, 0), At(image, 5, 0)]);
        Assert.Equal([[255, 128, 0], [255, 255, 255], s_red], (byte[][])[At(image, 0, 2), At(image, 3, 3), At(image, 4, 2)]);

        RgbImage clamped = ImageGrid.Heat([-1, 2, 5], 1, 3, lowest: 0, highest: 4);
        Assert.Equal([[0, 0, 0], [255, 128, 0], [255, 255, 255]], (byte[][])[At(clamped, 0, 0), At(clamped, 1, 0), At(clamped, 2, 0)]);
    }

    [Fact]
    public void Mistakes_are_told()
    {
        ThrowsWith.Message<ArgumentException>("There are 5 values for maps of 2×1×3; pass 6", () => ImageGrid.OfMaps(new float[5], new TensorShape(2, 1, 3)));
        ThrowsWith.Message<ArgumentException>("one at least", () => ImageGrid.OfMaps([], new TensorShape(0, 1, 3)));
        ThrowsWith.Message<ArgumentOutOfRangeException>("scale", () => ImageGrid.OfMaps(new float[6], new TensorShape(2, 1, 3), scale: 0));
        ThrowsWith.Message<ArgumentOutOfRangeException>("Pass a smaller scale", () => ImageGrid.OfMaps(new float[6], new TensorShape(2, 1, 3), scale: 1 << 30));
        ThrowsWith.Message<ArgumentException>("conv1.bias [2] is not the weight of a convolution", () => ImageGrid.OfFilters(new ColourFilters().Parameters["conv1.bias"]));
        ThrowsWith.Message<ArgumentException>("There are 5 scores for a map of 2×3; pass 6.", () => ImageGrid.Heat(new float[5], 2, 3));
        ThrowsWith.Message<ArgumentException>("From 4 to 4 there is no range", () => ImageGrid.Heat(new float[6], 2, 3, lowest: 4, highest: 4));
        ThrowsWith.Message<ArgumentOutOfRangeException>("height", () => ImageGrid.Heat([], 0, 3));
    }

    private static byte[] At(RgbImage image, int x, int y) => image.Pixels.Slice(3 * (y * image.Width + x), 3).ToArray();
}

[Network(Training = false)]
[Input(3, 4, 4)]
[Conv2d(2, 2)]
[Conv2d(5, 1)]
internal sealed partial class ColourFilters;
