using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>How the bytes of an image lie; the values are those of <c>NetGen.ImageLayout</c>.</summary>
internal enum PixelLayout
{
    Chw = 0,
    Hwc = 1,
}

/// <summary>How images of bytes become a network's input: (byte / 255 − mean) / deviation.</summary>
/// <param name="Means">One for all channels, or one for each.</param>
/// <param name="Deviations">One for all channels, or one for each.</param>
internal sealed record PixelSpec(PixelLayout Layout, EquatableArray<double> Means, EquatableArray<double> Deviations);
