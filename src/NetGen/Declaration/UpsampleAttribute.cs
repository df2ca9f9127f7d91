namespace NetGen;

/// <summary>
/// A larger copy of a feature map, C×H×W to C×(H · scaleHeight)×(W · scaleWidth), with nothing to be trained (PyTorch's <c>Upsample</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UpsampleAttribute : LayerAttribute
{
    /// <summary>A copy that is as many times as high as it is as many times as wide.</summary>
    /// <param name="scale">Rows and columns of the result for each of the map's.</param>
    public UpsampleAttribute(int scale)
        : this(scale, scale)
    {
    }

    /// <summary>A copy that is stretched.</summary>
    /// <param name="scaleHeight">Rows of the result for each of the map's.</param>
    /// <param name="scaleWidth">Columns of the result for each of the map's.</param>
    public UpsampleAttribute(int scaleHeight, int scaleWidth)
    {
        ScaleHeight = scaleHeight;
        ScaleWidth = scaleWidth;
    }

    /// <summary>Rows of the result for each of the map's.</summary>
    public int ScaleHeight { get; }

    /// <summary>Columns of the result for each of the map's.</summary>
    public int ScaleWidth { get; }

    /// <summary>Where the new elements come from. The default is <see cref="UpsampleMode.Nearest"/>.</summary>
    public UpsampleMode Mode { get; set; }

    /// <summary>
    /// Whether the centres of the corner elements stay at the corners, with <see cref="UpsampleMode.Bilinear"/> alone; else the elements are
    /// squares and the outer edges stay (PyTorch's <c>align_corners</c>). The default is false.
    /// </summary>
    public bool AlignCorners { get; set; }
}
