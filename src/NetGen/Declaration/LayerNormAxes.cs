namespace NetGen;

/// <summary>The elements that <see cref="LayerNormAttribute"/> normalises together.</summary>
public enum LayerNormAxes
{
    /// <summary>All elements of an image: PyTorch's <c>LayerNorm([C, H, W])</c>, of a vector <c>LayerNorm(N)</c>.</summary>
    All = 0,

    /// <summary>The channels at each position of a map, as in ConvNeXt (Liu et al., 2022). Of a vector they are all its elements.</summary>
    Channels = 1,
}
