using System.Buffers.Binary;
using System.Text;

namespace NetGen;

/// <summary>
/// The chunks of a PNG file: length, type of four letters, data, and a checksum of type and data. While it is <c>IDAT</c> chunks that come,
/// this is the stream of their data.
/// </summary>
internal sealed class PngChunks(ImageSource source) : ForwardStream
{
    /// <summary>The types that are decoded.</summary>
    public const uint Header = 0x49484452, Palette = 0x504C5445, Transparency = 0x74524E53, ImageData = 0x49444154, End = 0x49454E44;

    // Bit 5 of the first letter: lower case for what a decoder may leave out.
    private const uint AncillaryBit = 0x20000000;

    private uint _checksum;

    /// <summary>The current chunk's type.</summary>
    public uint Type { get; private set; }

    /// <summary>Where the current chunk begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of the current chunk's data that are not read yet.</summary>
    public int Left { get; private set; }

    /// <summary>Whether a decoder may leave the current chunk out.</summary>
    public bool IsAncillary => (Type & AncillaryBit) != 0;

    /// <summary>The current chunk's type as text.</summary>
    public string Name
    {
        get
        {
            Span<byte> letters = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(letters, Type);
            return Encoding.ASCII.GetString(letters);
        }
    }

    /// <summary>Begins the next chunk.</summary>
    /// <exception cref="ImageFormatException">The file ends, or what comes is no chunk.</exception>
    public void Next()
    {
        Offset = source.Offset;
        Span<byte> start = stackalloc byte[8];
        source.Fill(start, "the length and type of a chunk, or before its chunk IEND");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
        Type = BinaryPrimitives.ReadUInt32BigEndian(start[4..]);
        foreach (byte letter in start[4..])
        {
            if (!char.IsAsciiLetter((char)letter))
                throw source.Error(Offset + 4,
                    $"the byte 0x{letter:X2} stands in a chunk's type, which is four letters; the file is damaged, get it again.");
        }
        if (length > int.MaxValue)
            throw source.Error(Offset, $"the chunk {Name} is said to have {length} bytes; {int.MaxValue} are the most. Get the file again.");
        Left = (int)length;
        _checksum = PngChecksum.Add(PngChecksum.Start, start[4..]);
    }

    /// <summary>Reads from the current chunk's data, which must have as much.</summary>
    public void Fill(Span<byte> bytes)
    {
        source.Fill(bytes, $"the chunk {Name}");
        Left -= bytes.Length;
        _checksum = PngChecksum.Add(_checksum, bytes);
    }

    /// <summary>Ends the current chunk: what is left of its data is passed over, and the checksum is compared.</summary>
    /// <exception cref="ImageFormatException">The file ends, or the checksum is another.</exception>
    public void Finish()
    {
        Span<byte> skipped = stackalloc byte[512];
        while (Left > 0) Fill(skipped[..Math.Min(Left, skipped.Length)]);

        long offset = source.Offset;
        Span<byte> stored = stackalloc byte[4];
        source.Fill(stored, $"the checksum of the chunk {Name}");
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(stored), actual = PngChecksum.Finish(_checksum);
        if (actual != expected)
            throw source.Error(offset, $"the chunk {Name} has the checksum {actual:X8}, the file says {expected:X8}; it is damaged, get it again.");
    }

    /// <summary>Reads image data, across chunks of it. At the end the chunk that follows has begun.</summary>
    public override int Read(Span<byte> buffer)
    {
        while (Type == ImageData && Left == 0)
        {
            Finish();
            Next();
        }
        if (Type != ImageData) return 0;

        Span<byte> part = buffer[..Math.Min(buffer.Length, Left)];
        Fill(part);
        return part.Length;
    }
}
