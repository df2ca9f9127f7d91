namespace NetGen;

/// <summary>
/// A transposed convolution over a feature map, C×H×W to outChannels×H'×W', with
/// H' = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1: the map of which a convolution with the same arguments would
/// make one of H×W (PyTorch's <c>ConvTranspose2d</c>). Parameters: <c>weight</c> [C, outChannels / groups, kernelHeight, kernelWidth] and
/// <c>bias</c> [outChannels].
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvTranspose2dAttribute : LayerAttribute
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="kernelSize">Rows and columns of a filter.</param>
    public ConvTranspose2dAttribute(int outChannels, int kernelSize)
        : this(outChannels, kernelSize, kernelSize)
    {
    }

    /// <summary>A transposed convolution with a kernel of any height and width.</summary>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="kernelHeight">Rows of a filter.</param>
    /// <param name="kernelWidth">Columns of a filter.</param>
    public ConvTranspose2dAttribute(int outChannels, int kernelHeight, int kernelWidth)
    {
        OutChannels = outChannels;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Channels of the result.</summary>
    public int OutChannels { get; }

    /// <summary>Rows of a filter.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of a filter.</summary>
    public int KernelWidth { get; }

    /// <summary>The distance in the result between neighbouring elements of the map, in both directions. The default is 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The distance from row to row, instead of <see cref="Stride"/>.</summary>
    public int StrideH { get; set; } = 1;

    /// <summary>The distance along a row, instead of <see cref="Stride"/>.</summary>
    public int StrideW { get; set; } = 1;

    /// <summary>Rows and columns that are left out on each of the four sides of the result. The default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Rows that are left out at the top and the bottom, instead of <see cref="Padding"/>.</summary>
    public int PaddingH { get; set; }

    /// <summary>Columns that are left out on the left and the right, instead of <see cref="Padding"/>.</summary>
    public int PaddingW { get; set; }

    /// <summary>
    /// Rows and columns more at the bottom and on the right, since with a stride several sizes convolve to one; below the stride or the
    /// dilation. The default is 0.
    /// </summary>
    public int OutputPadding { get; set; }

    /// <summary>Rows more at the bottom, instead of <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingH { get; set; }

    /// <summary>Columns more on the right, instead of <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingW { get; set; }

    /// <summary>The distance between neighbouring taps of a filter, in both directions. The default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The distance between taps from row to row, instead of <see cref="Dilation"/>.</summary>
    public int DilationH { get; set; } = 1;

    /// <summary>The distance between taps along a row, instead of <see cref="Dilation"/>.</summary>
    public int DilationW { get; set; } = 1;

    /// <summary>The number of groups that the channels are divided into; it divides both channel counts. The default is 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added to each channel of the result. The default is true.</summary>
    public bool Bias { get; set; } = true;
}
