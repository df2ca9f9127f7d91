using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>The element types of the IDX format; the values are the format's own codes.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The members stand for just these types.")]
public enum IdxElementType
{
    /// <summary>Unsigned bytes.</summary>
    UInt8 = 0x08,

    /// <summary>Signed bytes.</summary>
    Int8 = 0x09,

    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 0x0B,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 0x0C,

    /// <summary>32-bit floats.</summary>
    Single = 0x0D,

    /// <summary>64-bit floats.</summary>
    Double = 0x0E,
}

/// <summary>
/// A tensor in the IDX format, that of MNIST's original files: two zero bytes, the element type, the number of dimensions, the dimensions
/// as big-endian 32-bit integers, the elements, the last dimension fastest, big-endian too. Files may be compressed with gzip.
/// </summary>
/// <remarks>Format: Yann LeCun, Corinna Cortes, Christopher Burges: The MNIST database of handwritten digits.</remarks>
public sealed class IdxFile
{
    private readonly byte[] _bytes;
    private readonly int[] _dimensions;

    private IdxFile(IdxElementType elementType, int[] dimensions, byte[] bytes)
    {
        ElementType = elementType;
        _dimensions = dimensions;
        _bytes = bytes;
        Length = bytes.Length / SizeOf(elementType);
    }

    /// <summary>What the elements are.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The dimensions, outermost first; for images their number, height and width.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public int Length { get; }

    /// <summary>The elements of a file of unsigned bytes, without a copy.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public ReadOnlySpan<byte> Bytes => ByteArray;

    internal byte[] ByteArray => ElementType == IdxElementType.UInt8
        ? _bytes
        : throw new InvalidOperationException($"The elements are {ElementType}, not unsigned bytes; use ToSingleArray or ToInt32Array.");

    /// <summary>Reads a file, plain or compressed with gzip (recognised by its first bytes).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">The file is not IDX, is truncated, has trailing data, or exceeds 2 GB.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static IdxFile Read(string path)
    {
        using var reader = new DataFileReader(path);
        return Read(reader);
    }

    /// <summary>Reads an uncompressed stream to its end, an embedded resource for instance. The stream is left open.</summary>
    /// <param name="stream">The content; wrap what is compressed in a <see cref="System.IO.Compression.GZipStream"/>.</param>
    /// <param name="name">What to call it in error messages.</param>
    /// <exception cref="DataFormatException">The content is not IDX, is truncated, has trailing data, or exceeds 2 GB.</exception>
    public static IdxFile Read(Stream stream, string name = "stream")
    {
        using var reader = new DataFileReader(stream, name);
        return Read(reader);
    }

    /// <summary>The elements as floats, in file order.</summary>
    public float[] ToSingleArray()
    {
        var values = new float[Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ElementType switch
            {
                IdxElementType.UInt8 => _bytes[i],
                IdxElementType.Int8 => (sbyte)_bytes[i],
                IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(2 * i)),
                IdxElementType.Int32 => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(4 * i)),
                IdxElementType.Single => BinaryPrimitives.ReadSingleBigEndian(_bytes.AsSpan(4 * i)),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(_bytes.AsSpan(8 * i)),
            };
        return values;
    }

    /// <summary>The elements of a file of integers, in file order; labels for instance.</summary>
    /// <exception cref="InvalidOperationException">The elements are floats.</exception>
    public int[] ToInt32Array()
    {
        if (ElementType is IdxElementType.Single or IdxElementType.Double)
            throw new InvalidOperationException($"The elements are {ElementType}, not integers; use ToSingleArray.");
        var values = new int[Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ElementType switch
            {
                IdxElementType.UInt8 => _bytes[i],
                IdxElementType.Int8 => (sbyte)_bytes[i],
                IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(2 * i)),
                _ => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(4 * i)),
            };
        return values;
    }

    private static IdxFile Read(DataFileReader reader)
    {
        Span<byte> magic = stackalloc byte[4];
        reader.ReadExactly(magic, "IDX magic number");
        if (magic[0] != 0 || magic[1] != 0)
            throw reader.Error(0, $"expected an IDX file, which starts with two zero bytes; this one starts with 0x{magic[0]:X2} 0x{magic[1]:X2}.");
        var elementType = (IdxElementType)magic[2];
        if (!Enum.IsDefined(elementType))
            throw reader.Error(2, $"0x{magic[2]:X2} is no IDX element type; expected 0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E.");
        if (magic[3] == 0)
            throw reader.Error(3, "expected at least one dimension; the header announces none.");

        var dimensions = new int[magic[3]];
        long bytes = SizeOf(elementType);
        Span<byte> word = stackalloc byte[4];
        for (int i = 0; i < dimensions.Length; i++)
        {
            long offset = reader.Position;
            reader.ReadExactly(word, $"dimension {i + 1} of {dimensions.Length}");
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(word);
            if (extent == 0)
                throw reader.Error(offset, $"dimension {i + 1} of {dimensions.Length} is 0; expected at least 1.");
            if (extent > Array.MaxLength || (bytes *= extent) > Array.MaxLength)
                throw reader.Error(offset,
                    $"with dimension {i + 1} of {dimensions.Length} ({extent}) the elements exceed {Array.MaxLength} bytes, the most that can be loaded.");
            dimensions[i] = (int)extent;
        }

        string what = $"elements ({string.Join('×', dimensions)} {elementType})";
        long expected = reader.Position + bytes;
        if (reader.Length > expected)
            throw reader.Error(expected, $"the file should end here, after {bytes} bytes of {what}, but it has {reader.Length} bytes in all.");
        byte[] elements = reader.ReadBytes(bytes, what);
        reader.ExpectEnd($"{bytes} bytes of {what}");
        return new IdxFile(elementType, dimensions, elements);
    }

    private static int SizeOf(IdxElementType type) => type switch
    {
        IdxElementType.UInt8 or IdxElementType.Int8 => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Single => 4,
        _ => 8,
    };
}
