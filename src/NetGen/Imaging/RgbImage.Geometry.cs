namespace NetGen;

public sealed partial class RgbImage
{
    /// <summary>
    /// Scales the image as Pillow's and torchvision's <c>Resize</c> with bilinear interpolation do it: every pixel is a weighted mean under a
    /// triangle, which is as wide as the pixels that become one where the image shrinks (antialiasing).
    /// </summary>
    /// <param name="width">Pixels of a row of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or there are more than <see cref="MaximumPixels"/> pixels.</exception>
    public RgbImage Resize(int width, int height)
    {
        CheckSize(width, height);
        return Resampling.Columns(Resampling.Rows(this, width), height);
    }

    /// <summary>Scales the image, so that its shorter side has a length and its shape stays, as torchvision's <c>Resize(side)</c> does.</summary>
    /// <param name="side">Pixels of the shorter side of the result; the longer one is rounded down.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or there are more than <see cref="MaximumPixels"/> pixels.</exception>
    public RgbImage ResizeShorterSide(int side)
    {
        CheckSize(side, side);
        long longer = (long)side * Math.Max(Width, Height) / Math.Min(Width, Height);
        int other = (int)Math.Min(longer, int.MaxValue);
        return Width <= Height ? Resize(side, other) : Resize(other, side);
    }

    /// <summary>Copies a rectangle out of the image.</summary>
    /// <param name="x">Its leftmost column, from 0.</param>
    /// <param name="y">Its topmost row, from 0.</param>
    /// <param name="width">Its columns, 1 at least.</param>
    /// <param name="height">Its rows, 1 at least.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or not inside the image.</exception>
    public RgbImage Crop(int x, int y, int width, int height)
    {
        CheckExtent(x, width, Width, nameof(x), nameof(width));
        CheckExtent(y, height, Height, nameof(y), nameof(height));
        var image = new RgbImage(width, height);
        for (int row = 0; row < height; row++)
        {
            _pixels.AsSpan(Channels * ((y + row) * Width + x), Channels * width).CopyTo(image._pixels.AsSpan(Channels * row * width));
        }
        return image;
    }

    /// <summary>Copies the middle of the image, as torchvision's <c>CenterCrop</c> does.</summary>
    /// <param name="width">Columns, at most those of the image.</param>
    /// <param name="height">Rows, at most those of the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or larger than the image.</exception>
    public RgbImage CenterCrop(int width, int height)
    {
        // Python rounds halves to the even number.
        int x = (int)Math.Round((Width - width) / 2.0, MidpointRounding.ToEven), y = (int)Math.Round((Height - height) / 2.0, MidpointRounding.ToEven);
        return Crop(Math.Max(0, x), Math.Max(0, y), width, height);
    }

    private static void CheckExtent(int first, int count, int length, string firstName, string countName)
    {
        if (first < 0 || first >= length)
            throw new ArgumentOutOfRangeException(firstName, first, $"The image goes from 0 to {length - 1} there.");
        if (count < 1 || count > length - first)
            throw new ArgumentOutOfRangeException(countName, count, $"From {first} the image has {length - first}; take 1 to {length - first}.");
    }
}
