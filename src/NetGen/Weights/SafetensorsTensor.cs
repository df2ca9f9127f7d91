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

    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
