namespace NetGen;

/// <summary>An image of tiles of one size, in rows, with a border around each; and values as squares of pixels in them.</summary>
internal sealed class TileGrid
{
    private static readonly byte[] s_border = [48, 64, 112];
    private static readonly byte[] s_notFinite = [255, 0, 0];

    private readonly int _columns;
    private readonly int _height;
    private readonly int _width;
    private readonly int _scale;
    private readonly int _border;

    /// <summary>Makes an image of borders.</summary>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="columns">Tiles of a row; null for an image that is about a square.</param>
    /// <param name="height">Values of a tile's column.</param>
    /// <param name="width">Values of a tile's row.</param>
    /// <param name="scale">Pixels for a value's width and height.</param>
    /// <param name="border">Pixels of a border's width.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the image gets too large.</exception>
    public TileGrid(int tiles, int? columns, int height, int width, int scale, int border)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (_height, _width, _scale, _border) = (height, width, scale, border);
        double tileHeight = (double)height * scale + border, tileWidth = (double)width * scale + border;
        _columns = columns ?? Math.Clamp((int)Math.Ceiling(Math.Sqrt(tiles * tileHeight / tileWidth)), 1, tiles);

        double imageWidth = border + _columns * tileWidth, imageHeight = border + (tiles + _columns - 1) / _columns * tileHeight;
        if (Math.Max(imageWidth, imageHeight) > RgbImage.MaximumSide || imageWidth * imageHeight > RgbImage.MaximumPixels)
            throw new ArgumentOutOfRangeException(nameof(scale), scale,
                $"{tiles} tiles of {height}×{width} values make an image of {imageWidth}×{imageHeight} pixels, where {RgbImage.MaximumPixels} are the "
                + $"most, and {RgbImage.MaximumSide} of a side. Pass a smaller scale, or show fewer values.");
        Image = new RgbImage((int)imageWidth, (int)imageHeight);
        for (int i = 0; i < Image.Pixels.Length; i += RgbImage.Channels) s_border.CopyTo(Image.Pixels[i..]);
    }

    public RgbImage Image { get; }

    /// <summary>Draws a value.</summary>
    /// <param name="tile">The tile, row by row.</param>
    /// <param name="index">The value's place in the tile, row by row.</param>
    /// <param name="red">Red from 0 to 1; NaN for a value that is not finite, as in the others.</param>
    /// <param name="green">Green.</param>
    /// <param name="blue">Blue.</param>
    public void Set(int tile, int index, float red, float green, float blue)
    {
        bool isFinite = float.IsFinite(red) && float.IsFinite(green) && float.IsFinite(blue);
        ReadOnlySpan<byte> colour = isFinite ? [Level(red), Level(green), Level(blue)] : s_notFinite;
        int x = _border + tile % _columns * (_width * _scale + _border) + index % _width * _scale;
        int y = _border + tile / _columns * (_height * _scale + _border) + index / _width * _scale;
        for (int row = y; row < y + _scale; row++)
        {
            for (int column = x; column < x + _scale; column++)
                colour.CopyTo(Image.Pixels[(RgbImage.Channels * (row * Image.Width + column))..]);
        }
    }

    private static byte Level(float value) => (byte)(byte.MaxValue * Math.Clamp(value, 0, 1) + 0.5f);
}
