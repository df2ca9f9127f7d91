namespace NetGen;

/// <summary>Shows feature maps, filters and score maps as images: tiles side by side, as square as their number allows.</summary>
/// <remarks>Values that are not finite are red; ranges leave them out.</remarks>
public static class ImageGrid
{
    private const int Border = 2;

    /// <summary>Shows feature maps: a grey tile a channel, the smallest value black and the greatest white.</summary>
    /// <param name="values">channels × height × width values.</param>
    /// <param name="shape">The shape of the maps; the values of a vector are tiles of one pixel.</param>
    /// <param name="scale">Pixels of the image for a value's width and height.</param>
    /// <param name="commonRange">Whether black and white stand for the same values in all tiles; otherwise each has a range of its own.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length than <paramref name="shape"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive, or the image gets too large.</exception>
    public static RgbImage OfMaps(ReadOnlySpan<float> values, TensorShape shape, int scale = 1, bool commonRange = false)
    {
        if (values.Length != shape.Length || values.IsEmpty)
            throw new ArgumentException($"There are {values.Length} values for maps of {shape}; pass {shape.Length}, and one at least.", nameof(values));

        int tile = shape.Height * shape.Width;
        var grid = new TileGrid(shape.Channels, null, shape.Height, shape.Width, scale, Border);
        (float Low, float High) range = Range(values);
        for (int c = 0; c < shape.Channels; c++)
        {
            ReadOnlySpan<float> map = values.Slice(c * tile, tile);
            (float low, float high) = commonRange ? range : Range(map);
            for (int i = 0; i < tile; i++)
            {
                float grey = Fraction(map[i], low, high);
                grid.Set(c, i, grey, grey, grey);
            }
        }
        return grid.Image;
    }

    /// <summary>
    /// Shows the filters of a convolution; zero is mid-grey. Filters over three channels are coloured tiles, as red, green and blue; filters over
    /// one channel are grey tiles; otherwise each output channel has a row with a grey tile for each input channel.
    /// </summary>
    /// <param name="weight">The weights, [out, in, height, width] or [out, in, width]: <c>net.Parameters["conv1.weight"]</c>.</param>
    /// <param name="scale">Pixels of the image for a weight's width and height.</param>
    /// <param name="commonRange">Whether black and white stand for the same values in all filters; otherwise each has a range of its own.</param>
    /// <exception cref="ArgumentException"><paramref name="weight"/> is not that of a convolution.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive, or the image gets too large.</exception>
    public static RgbImage OfFilters(Parameter weight, int scale = 8, bool commonRange = false)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Length is not (3 or 4))
            throw new ArgumentException($"{weight} is not the weight of a convolution, [out, in, height, width] or [out, in, width].", nameof(weight));

        int filters = weight.Shape[0], inputs = weight.Shape[1], height = weight.Shape.Length == 4 ? weight.Shape[2] : 1, width = weight.Shape[^1];
        bool isColoured = inputs == RgbImage.Channels;
        int shown = isColoured ? 1 : inputs, tile = height * width;
        var grid = new TileGrid(filters * shown, shown == 1 ? null : shown, height, width, scale, Border);
        float[] values = weight.ToArray();
        float common = Magnitude(values);
        for (int f = 0; f < filters; f++)
        {
            ReadOnlySpan<float> filter = values.AsSpan(f * inputs * tile, inputs * tile);
            float most = commonRange ? common : Magnitude(filter);
            for (int i = 0; i < shown * tile; i++)
            {
                float first = Fraction(filter[i], -most, most);
                if (isColoured) grid.Set(f, i, first, Fraction(filter[tile + i], -most, most), Fraction(filter[2 * tile + i], -most, most));
                else grid.Set(f * shown + i / tile, i % tile, first, first, first);
            }
        }
        return grid.Image;
    }

    /// <summary>Shows a map of scores in the colours of glowing metal: the lowest black, then red and yellow, the highest white.</summary>
    /// <param name="scores">height × width values.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="scale">Pixels of the image for a score's width and height.</param>
    /// <param name="lowest">What is black; the smallest score unless given. Scores below are black too.</param>
    /// <param name="highest">What is white; the greatest score unless given. Scores above are white too.</param>
    /// <exception cref="ArgumentException"><paramref name="scores"/> has another length, or the range given is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the image gets too large.</exception>
    public static RgbImage Heat(ReadOnlySpan<float> scores, int height, int width, int scale = 1, float? lowest = null, float? highest = null)
    {
        var grid = new TileGrid(1, 1, height, width, scale, border: 0);
        if (scores.Length != height * width)
            throw new ArgumentException($"There are {scores.Length} scores for a map of {height}×{width}; pass {height * width}.", nameof(scores));
        if (lowest >= highest)
            throw new ArgumentException($"From {lowest} to {highest} there is no range; pass less for the lowest score than for the highest.", nameof(lowest));

        (float low, float high) = Range(scores);
        (low, high) = (lowest ?? low, highest ?? high);
        for (int i = 0; i < scores.Length; i++)
        {
            float heat = 3 * Fraction(scores[i], low, high);
            grid.Set(0, i, heat, heat - 1, heat - 2);
        }
        return grid.Image;
    }

    private static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return (low, high);
    }

    private static float Magnitude(ReadOnlySpan<float> values)
    {
        (float low, float high) = Range(values);
        return Math.Max(Math.Abs(low), Math.Abs(high));
    }

    /// <summary>
    /// Where a value lies between two others, 0 to 1, and in the middle where these are one; NaN unless it is finite. In double, where no
    /// difference overflows.
    /// </summary>
    private static float Fraction(float value, float low, float high) =>
        !float.IsFinite(value) ? float.NaN : low < high ? (float)Math.Clamp(((double)value - low) / ((double)high - low), 0, 1) : 0.5f;
}
