namespace NetGen.Generator.Graph;

/// <summary>
/// How large a network can be, so that every count and offset of the code that is made of it fits an <see cref="int"/>.
/// Counted as values are stored: in blocks of 16 channels and 16 columns.
/// </summary>
internal static class GraphLimits
{
    private const int Block = 16;

    /// <summary>One value, and a side of a padded input, has fewer elements.</summary>
    public const long ValueElements = 1L << 28;

    /// <summary>All values of one image have fewer elements; training keeps as many gradients again.</summary>
    public const long TotalElements = 1L << 29;

    /// <summary>The most floats of one buffer: the length of the longest array, less room for its alignment.</summary>
    public const long BufferFloats = 0x7FFFFFC7 - 64;

    /// <summary>The most parameters, as stored: they lie in one buffer.</summary>
    public const long Parameters = BufferFloats;

    /// <summary>The most layers and copies of blocks, so that blocks of blocks end.</summary>
    public const int Layers = 4096;

    public static long StoredLength(TensorShape shape) => shape.IsVector
        ? RoundUp(shape.Channels)
        : Product(RoundUp(shape.Channels), shape.Height, RoundUp(shape.Width));

    public static long Length(ParameterSpec parameter) => Product(parameter.Shape.Select(size => (long)size).ToArray());

    /// <summary>The output and input channels of a tensor, its first two dimensions, are filled up to whole blocks, few input channels excepted.</summary>
    public static long StoredLength(ParameterSpec parameter) =>
        Product(parameter.Shape.Select(StoredSize).ToArray());

    private static long StoredSize(int size, int axis) => axis == 0 || (axis == 1 && size > Block) ? RoundUp(size) : size;

    /// <summary>A product that stops at the largest number rather than going round.</summary>
    private static long Product(params long[] factors)
    {
        long product = 1;
        foreach (long factor in factors)
        {
            if (factor > 0 && product > long.MaxValue / factor)
            {
                return long.MaxValue;
            }

            product *= factor;
        }

        return product;
    }

    private static long RoundUp(long size) => (size + Block - 1) / Block * Block;
}
