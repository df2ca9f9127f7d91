namespace NetGen;

/// <summary>
/// The largest value under each of a number of windows that divide a feature map, C×H×W to C×H'×W' (PyTorch's <c>AdaptiveMaxPool2d</c>): of
/// H rows, window i of H' covers those from ⌊i · H / H'⌋ to before ⌈(i + 1) · H / H'⌉, and columns likewise.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AdaptiveMaxPool2dAttribute : LayerAttribute
{
    /// <summary>A pooling layer with a square result.</summary>
    /// <param name="outputSize">Rows and columns of the result.</param>
    public AdaptiveMaxPool2dAttribute(int outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>A pooling layer with a result of any height and width.</summary>
    /// <param name="outputHeight">Rows of the result.</param>
    /// <param name="outputWidth">Columns of the result.</param>
    public AdaptiveMaxPool2dAttribute(int outputHeight, int outputWidth)
    {
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
    }

    /// <summary>Rows of the result.</summary>
    public int OutputHeight { get; }

    /// <summary>Columns of the result.</summary>
    public int OutputWidth { get; }
}
