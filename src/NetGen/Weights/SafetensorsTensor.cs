namespace NetGen;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its elements are stored in.</param>
/// <param name="Shape">Its extents, outermost first.</param>
/// <param name="Begin">Where its data begins, in bytes from the end of the header.</param>
/// <param name="End">Where its data ends.</param>
/// <param name="HeaderOffset">Where in the file the header describes it.</param>
internal sealed record SafetensorsTensor(
    string Name, TensorType Type, long[] Shape, long Begin, long End, long HeaderOffset)
{
    /// <summary>Number of elements.</summary>
    public long Length => (End - Begin) * 8 / Type.Bits;

    /// <summary>Bits of its elements; numbers beyond 63 bits saturate: no file holds so many.</summary>
    public long Bits
    {
        get
        {
            long bits = Type.Bits;
            foreach (long extent in Shape)
            {
                bits = extent == 0 ? 0 : bits > long.MaxValue / extent ? long.MaxValue : bits * extent;
            }

            return bits;
        }
    }

    /// <summary>Whether its place is as large as its elements.</summary>
    public bool FitsItsPlace => Bits % 8 == 0 && Bits / 8 == End - Begin;

    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
