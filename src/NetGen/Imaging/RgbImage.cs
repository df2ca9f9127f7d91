namespace NetGen;

/// <summary>
/// A picture of 8-bit red, green and blue: what a network with <c>[Input(3, …, Layout = ImageLayout.Hwc)]</c> takes as bytes. Reads PNG, PPM
/// and PGM, other formats by a decoder of the caller's, and writes PNG.
/// </summary>
public sealed partial class RgbImage
{
    /// <summary>The longest width or height, in pixels.</summary>
    public const int MaximumSide = 65_535;

    /// <summary>The most pixels of an image, 2²⁷: 400 MB.</summary>
    public const int MaximumPixels = 1 << 27;

    internal const int Channels = 3;

    private readonly byte[] _pixels;

    /// <summary>Makes a black image.</summary>
    /// <param name="width">Pixels of a row, 1 to <see cref="MaximumSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaximumSide"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or there are more than <see cref="MaximumPixels"/> pixels.</exception>
    public RgbImage(int width, int height)
        : this(width, height, new byte[CheckSize(width, height)])
    {
    }

    /// <summary>Makes an image of pixels, which it copies.</summary>
    /// <param name="width">Pixels of a row, 1 to <see cref="MaximumSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaximumSide"/>.</param>
    /// <param name="pixels">height × width × 3 bytes: rows from top to bottom, R G B interleaved.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or there are more than <see cref="MaximumPixels"/> pixels.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    public RgbImage(int width, int height, ReadOnlySpan<byte> pixels)
        : this(width, height, CheckLength(width, height, pixels, Channels).ToArray())
    {
    }

    private RgbImage(int width, int height, byte[] pixels)
    {
        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixels, height × width × 3 bytes: rows from top to bottom, R G B interleaved.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>Makes an image of grey pixels.</summary>
    /// <param name="width">Pixels of a row, 1 to <see cref="MaximumSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaximumSide"/>.</param>
    /// <param name="pixels">height × width bytes: rows from top to bottom.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or there are more than <see cref="MaximumPixels"/> pixels.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    public static RgbImage FromGrey(int width, int height, ReadOnlySpan<byte> pixels)
    {
        CheckLength(width, height, pixels, 1);
        var image = new RgbImage(width, height);
        for (int i = 0; i < pixels.Length; i++) image._pixels.AsSpan(Channels * i, Channels).Fill(pixels[i]);
        return image;
    }

    /// <summary>The brightness of the pixels by ITU-R BT.601, (299 R + 587 G + 114 B) / 1000, as Pillow's <c>convert("L")</c>.</summary>
    /// <returns>height × width bytes.</returns>
    public byte[] ToGrey()
    {
        var grey = new byte[Width * Height];
        for (int i = 0; i < grey.Length; i++)
        {
            ReadOnlySpan<byte> pixel = _pixels.AsSpan(Channels * i, Channels);

            // The weights in 65536ths, which add up to one.
            grey[i] = (byte)((19_595 * pixel[0] + 38_470 * pixel[1] + 7_471 * pixel[2] + 0x8000) >> 16);
        }
        return grey;
    }

    /// <summary>Converts the image to the input of a network of floats: planes of red, green and blue, normalized.</summary>
    /// <param name="planes">Receives 3 × height × width values.</param>
    /// <param name="normalization">
    /// How bytes become floats, with one mean and deviation or with three: <see cref="PixelNormalization.ImageNet"/> for torchvision's networks.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="planes"/> has another length, or the normalization is of other channels.</exception>
    public void CopyTo(Span<float> planes, PixelNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        if (planes.Length != _pixels.Length)
            throw new ArgumentException(
                $"The image has 3×{Height}×{Width} values, the destination {planes.Length}. Pass a span of {_pixels.Length}, or resize the image.",
                nameof(planes));
        normalization.ApplyInterleaved(_pixels, planes, Channels);
    }

    /// <summary>Makes an image of an array of the right length, which it keeps.</summary>
    internal static RgbImage Over(int width, int height, byte[] pixels) => new(width, height, pixels);

    private static int CheckSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaximumSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaximumSide);
        if ((long)width * height > MaximumPixels)
            throw new ArgumentOutOfRangeException(nameof(height), height,
                $"{width}×{height} pixels are more than {MaximumPixels}, the most of an image.");
        return Channels * width * height;
    }

    private static ReadOnlySpan<byte> CheckLength(int width, int height, ReadOnlySpan<byte> pixels, int channels)
    {
        int expected = CheckSize(width, height) / Channels * channels;
        return pixels.Length == expected
            ? pixels
            : throw new ArgumentException(
                $"An image of {width}×{height} pixels has {expected} bytes; there are {pixels.Length}. Pass {channels} a pixel.", nameof(pixels));
    }
}
