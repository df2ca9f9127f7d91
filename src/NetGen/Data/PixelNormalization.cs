namespace NetGen;

/// <summary>
/// How 8-bit pixels become a network's input: <c>(pixel / 255 − mean) / standardDeviation</c>, with one mean and deviation for all
/// channels or one for each.
/// </summary>
public sealed class PixelNormalization
{
    private readonly float[] _means, _standardDeviations;
    private readonly float[] _table;

    /// <summary>The same mean and deviation for every channel.</summary>
    /// <param name="mean">The mean of <c>pixel / 255</c>, so usually in 0 … 1.</param>
    /// <param name="standardDeviation">The standard deviation of <c>pixel / 255</c>; positive.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the deviation is not positive.</exception>
    public PixelNormalization(float mean, float standardDeviation)
        : this([mean], [standardDeviation])
    {
    }

    /// <summary>A mean and a deviation for every channel.</summary>
    /// <param name="means">The channels' means of <c>pixel / 255</c>.</param>
    /// <param name="standardDeviations">The channels' standard deviations of <c>pixel / 255</c>; positive.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, a value is not finite, or a deviation is not positive.</exception>
    public PixelNormalization(ReadOnlySpan<float> means, ReadOnlySpan<float> standardDeviations)
    {
        if (means.Length == 0 || means.Length != standardDeviations.Length)
            throw new ArgumentException(
                $"A normalization has one mean and one standard deviation a channel; there are {means.Length} means and " +
                $"{standardDeviations.Length} deviations.", nameof(standardDeviations));
        _means = means.ToArray();
        _standardDeviations = standardDeviations.ToArray();
        _table = new float[256 * means.Length];
        for (int c = 0; c < means.Length; c++)
        {
            if (!float.IsFinite(means[c]))
                throw new ArgumentException($"The mean of channel {c} is {means[c]}; it must be finite.", nameof(means));
            if (!(standardDeviations[c] > 0) || !float.IsFinite(standardDeviations[c]))
                throw new ArgumentException(
                    $"The standard deviation of channel {c} is {standardDeviations[c]}; it must be positive and finite.",
                    nameof(standardDeviations));
            for (int pixel = 0; pixel < 256; pixel++)
                _table[256 * c + pixel] = (pixel / 255f - means[c]) / standardDeviations[c];
        }
    }

    /// <summary>Pixels as 0 … 1: mean 0, deviation 1.</summary>
    public static PixelNormalization UnitRange { get; } = new(0, 1);

    /// <summary>Means and deviations of ImageNet's red, green and blue, with which torchvision's networks were trained.</summary>
    public static PixelNormalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>The number of channels told apart; 1 serves images with any number of channels.</summary>
    public int Channels => _means.Length;

    /// <summary>The means, one a channel.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>The standard deviations, one a channel.</summary>
    public ReadOnlySpan<float> StandardDeviations => _standardDeviations;

    /// <summary>Normalizes an image.</summary>
    /// <param name="pixels">The pixels, channel-major (all of channel 0, then all of channel 1 …).</param>
    /// <param name="destination">As many values.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the pixels do not divide into <see cref="Channels"/>.</exception>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> destination)
    {
        if (pixels.Length != destination.Length)
            throw new ArgumentException(
                $"There are {pixels.Length} pixels, but the destination has {destination.Length} values.", nameof(destination));
        if (pixels.Length % Channels != 0)
            throw new ArgumentException(
                $"{pixels.Length} pixels do not divide into the normalization's {Channels} channels.", nameof(pixels));

        int plane = pixels.Length / Channels;
        for (int c = 0; c < Channels; c++)
        {
            ReadOnlySpan<float> table = _table.AsSpan(256 * c, 256);
            ReadOnlySpan<byte> source = pixels.Slice(c * plane, plane);
            Span<float> target = destination.Slice(c * plane, plane);
            for (int i = 0; i < source.Length; i++) target[i] = table[source[i]];
        }
    }

    /// <summary>Normalizes an image whose channels lie pixel by pixel (RGBRGB…) into planes.</summary>
    internal void ApplyInterleaved(ReadOnlySpan<byte> pixels, Span<float> planes, int channels)
    {
        if (Channels != 1 && Channels != channels)
            throw new ArgumentException($"The normalization has {Channels} channels, the image {channels}; take one for each channel, or one for all.");

        int plane = pixels.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> table = _table.AsSpan(Channels == 1 ? 0 : 256 * c, 256);
            Span<float> target = planes.Slice(c * plane, plane);
            for (int i = 0; i < target.Length; i++) target[i] = table[pixels[channels * i + c]];
        }
    }
}
