namespace NetGen;

/// <summary>
/// The largest value under each window of a feature map, C×H×W to C×H'×W' (PyTorch's <c>MaxPool2d</c>). The padding never wins.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2dAttribute : LayerAttribute
{
    /// <summary>A pooling layer with a square window.</summary>
    /// <param name="kernelSize">Rows and columns of the window.</param>
    public MaxPool2dAttribute(int kernelSize)
        : this(kernelSize, kernelSize)
    {
    }

    /// <summary>A pooling layer with a window of any height and width.</summary>
    /// <param name="kernelHeight">Rows of the window.</param>
    /// <param name="kernelWidth">Columns of the window.</param>
    public MaxPool2dAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        StrideH = kernelHeight;
        StrideW = kernelWidth;
    }

    /// <summary>Rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of the window.</summary>
    public int KernelWidth { get; }

    /// <summary>The step of the window in both directions. Where no stride is set it is the window's own size, so that windows touch without overlapping.</summary>
    public int Stride { get; set; }

    /// <summary>The step of the window from row to row, instead of <see cref="Stride"/>. The default is the window's height.</summary>
    public int StrideH { get; set; }

    /// <summary>The step of the window along a row, instead of <see cref="Stride"/>. The default is the window's width.</summary>
    public int StrideW { get; set; }

    /// <summary>The border on each of the four sides, at most half the window. The default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>The border above and below, at most half the window's height, instead of <see cref="Padding"/>.</summary>
    public int PaddingH { get; set; }

    /// <summary>The border left and right, at most half the window's width, instead of <see cref="Padding"/>.</summary>
    public int PaddingW { get; set; }

    /// <summary>
    /// Whether the number of positions is rounded up rather than down, so that the last windows may reach beyond the image.
    /// They still start inside the image or its left or upper border. The default is false.
    /// </summary>
    public bool CeilMode { get; set; }
}
