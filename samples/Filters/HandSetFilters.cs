using NetGen;

namespace Samples;

/// <summary>A convolution whose filters are set by hand: a grey image in, as bytes; for each filter an image out, where 1 is white.</summary>
[Network(Training = false)]
[Input(1, Side, Side, Mean = new[] { 0.0 })]
[Pad(2, Mode = PadMode.Replicate)]
[Conv2d(6, Kernel, Bias = false)]
internal sealed partial class HandSetFilters
{
    /// <summary>Height and width of the images.</summary>
    public const int Side = 256;

    private const int Kernel = 5;

    /// <summary>The names of the filters, and whether zero is the middle of what they give.</summary>
    public static IReadOnlyList<(string Name, bool IsSigned)> Outputs { get; } =
        [("sobel-x", true), ("sobel-y", true), ("laplacian", true), ("box-blur", false), ("gaussian-blur", false), ("sharpen", false)];

    /// <summary>Makes the network with its filters.</summary>
    public static HandSetFilters Create()
    {
        float[] smooth = [0, 1, 2, 1, 0], slope = [0, -1, 0, 1, 0], box = [1, 1, 1, 1, 1], binomial = [1, 4, 6, 4, 1];
        float[] laplacian =
        [
            0, 0, 0, 0, 0,
            0, 0, 1, 0, 0,
            0, 1, -4, 1, 0,
            0, 0, 1, 0, 0,
            0, 0, 0, 0, 0,
        ];

        // The image less its second derivative.
        float[] sharpen = Array.ConvertAll(laplacian, value => -value);
        sharpen[Kernel * Kernel / 2]++;

        var network = new HandSetFilters();
        network.Parameters["conv1.weight"].CopyFrom(
        [
            .. Product(smooth, slope), .. Product(slope, smooth), .. laplacian,
            .. Mean(Product(box, box)), .. Mean(Product(binomial, binomial)), .. sharpen,
        ]);
        return network;
    }

    /// <summary>The filter that is one row along the columns and one along the rows.</summary>
    private static float[] Product(float[] rows, float[] columns) => [.. rows.SelectMany(row => columns.Select(column => row * column))];

    private static float[] Mean(float[] filter) => Array.ConvertAll(filter, value => value / filter.Sum());
}
