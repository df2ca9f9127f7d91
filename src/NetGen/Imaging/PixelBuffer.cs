namespace NetGen;

/// <summary>The pixels of an image that is being decoded: memory grows with the rows that arrive, not with the size that a header claims.</summary>
internal sealed class PixelBuffer
{
    private const int FirstBytes = 1 << 20;

    private readonly int _width;
    private readonly int _height;
    private readonly int _bytes;
    private byte[] _pixels;
    private int _filled;

    /// <summary>Checks the size that a header claims.</summary>
    /// <exception cref="ImageFormatException">The image has no pixels or too many.</exception>
    public PixelBuffer(ImageSource source, long offset, long width, long height)
    {
        if (width is < 1 or > RgbImage.MaximumSide || height is < 1 or > RgbImage.MaximumSide || width * height > RgbImage.MaximumPixels)
            throw source.Error(offset,
                $"the header gives the image {width}×{height} pixels; sides go from 1 to {RgbImage.MaximumSide}, and {RgbImage.MaximumPixels} "
                + "pixels are the most. Get the file again if it is damaged, or scale the image down.");
        (_width, _height) = ((int)width, (int)height);
        _bytes = RgbImage.Channels * _width * _height;
        _pixels = new byte[Math.Min(_bytes, FirstBytes)];
    }

    /// <summary>The next bytes to write, R G B interleaved.</summary>
    public Span<byte> Next(int bytes)
    {
        int end = _filled + bytes;
        if (end > _pixels.Length) Array.Resize(ref _pixels, (int)Math.Min(_bytes, Math.Max(end, 2L * _pixels.Length)));
        Span<byte> next = _pixels.AsSpan(_filled, bytes);
        _filled = end;
        return next;
    }

    /// <summary>The image, once every pixel is there.</summary>
    public RgbImage ToImage() => RgbImage.Over(_width, _height, _pixels);
}
