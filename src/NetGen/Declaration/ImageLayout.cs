namespace NetGen;

/// <summary>How the bytes of an image lie in memory.</summary>
public enum ImageLayout
{
    /// <summary>Channel by channel, and in each row by row: a plane of red, one of green, one of blue.</summary>
    Chw = 0,

    /// <summary>Pixel by pixel, row by row, each with all its channels: RGBRGB…, as decoders of pictures give them.</summary>
    Hwc = 1,
}
