namespace NetGen;

/// <summary>
/// A convolution over a feature map, C×H×W to outChannels×H'×W', with H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1
/// (PyTorch's <c>Conv2d</c>). Parameters: <c>weight</c> [outChannels, C / groups, kernelHeight, kernelWidth] and <c>bias</c> [outChannels].
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2dAttribute : LayerAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="outChannels">Channels of the result, which is the number of filters.</param>
    /// <param name="kernelSize">Rows and columns of a filter.</param>
    public Conv2dAttribute(int outChannels, int kernelSize)
        : this(outChannels, kernelSize, kernelSize)
    {
    }

    /// <summary>A convolution with a kernel of any height and width.</summary>
    /// <param name="outChannels">Channels of the result, which is the number of filters.</param>
    /// <param name="kernelHeight">Rows of a filter.</param>
    /// <param name="kernelWidth">Columns of a filter.</param>
    public Conv2dAttribute(int outChannels, int kernelHeight, int kernelWidth)
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

    /// <summary>The step of the window in both directions. The default is 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The step of the window from row to row, instead of <see cref="Stride"/>.</summary>
    public int StrideH { get; set; } = 1;

    /// <summary>The step of the window along a row, instead of <see cref="Stride"/>.</summary>
    public int StrideW { get; set; } = 1;

    /// <summary>Zeros on each of the four sides of the image. The default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Rows of zeros above and below the image, instead of <see cref="Padding"/>.</summary>
    public int PaddingH { get; set; }

    /// <summary>Columns of zeros left and right of the image, instead of <see cref="Padding"/>.</summary>
    public int PaddingW { get; set; }

    /// <summary>
    /// Whether the image is padded so that the result has ⌈H / stride⌉ × ⌈W / stride⌉ positions; where the zeros do not divide
    /// evenly, the odd one is at the bottom and on the right. It excludes the other paddings. The default is false.
    /// </summary>
    public bool SamePadding { get; set; }

    /// <summary>The distance between neighbouring taps of a filter, in both directions. The default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The distance between taps from row to row, instead of <see cref="Dilation"/>.</summary>
    public int DilationH { get; set; } = 1;

    /// <summary>The distance between taps along a row, instead of <see cref="Dilation"/>.</summary>
    public int DilationW { get; set; } = 1;

    /// <summary>
    /// The number of groups that the channels are divided into, each convolved by itself; it divides both channel counts.
    /// As many groups as input channels make a depthwise convolution. The default is 1.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added to each channel of the result. The default is true.</summary>
    public bool Bias { get; set; } = true;
}
