using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen;

/// <summary>
/// Reads the bytes of a data file, plain or gzip, without believing it: what it announces is compared with what it holds before memory
/// is taken, and memory for compressed content grows with the bytes that really arrive.
/// </summary>
internal sealed class DataFileReader : IDisposable
{
    private const int FirstAllocation = 1 << 20;
    private const int GzipOverhead = 18;

    // The most that deflate can make of one byte: 258 bytes for two bits.
    private const long DeflateRatio = 1032;

    private readonly Stream _stream;
    private readonly bool _ownsStream;
    private readonly bool _isCompressed;

    /// <summary>Opens a file; gzip is recognised by its first bytes, whatever the name.</summary>
    public DataFileReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Name = path;
        _ownsStream = true;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        _stream = file;
        try
        {
            if (!file.CanSeek) return;
            Length = file.Length;
            if (!StartsAsGzip(file)) return;
            _isCompressed = true;
            Length = LengthFromGzipTrailer(file);
            _stream = new GZipStream(file, CompressionMode.Decompress);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream of the caller's, from where it stands, as it is (no decompression).</summary>
    public DataFileReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _stream = stream;
        Name = name;
        if (stream.CanSeek) Length = stream.Length - stream.Position;
    }

    /// <summary>The file, for messages.</summary>
    public string Name { get; }

    /// <summary>The content's length in bytes: of a plain file as it is, of a compressed one as announced. Null where nobody knows.</summary>
    public long? Length { get; }

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Fills <paramref name="destination"/>, which must be small.</summary>
    public void ReadExactly(Span<byte> destination, string what)
    {
        if (Fill(destination) < destination.Length) throw EndsTooEarly(destination.Length, what);
    }

    /// <summary>Reads so many bytes.</summary>
    public byte[] ReadBytes(long count, string what)
    {
        if (count > Array.MaxLength)
            throw Error(Position, $"{what} take {count} bytes; at most {Array.MaxLength} can be loaded.");
        if (Length < Position + count) throw EndsTooEarly(count, what);

        bool lengthIsCertain = Length is not null && !_isCompressed;
        var bytes = new byte[lengthIsCertain ? count : Math.Min(count, FirstAllocation)];
        long start = Position;
        int filled = 0;
        while (true)
        {
            filled += Fill(bytes.AsSpan(filled));
            if (filled < bytes.Length)
            {
                Position = start;
                throw EndsTooEarly(count, what, filled);
            }
            if (filled == count) return bytes;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
    }

    /// <summary>Reads all that is left.</summary>
    public byte[] ReadToEnd(string what)
    {
        byte[] bytes;
        if (Length is long length)
        {
            bytes = ReadBytes(length - Position, what);
        }
        else
        {
            bytes = new byte[FirstAllocation];
            int filled = 0;
            while ((filled += Fill(bytes.AsSpan(filled))) == bytes.Length)
            {
                if (filled == Array.MaxLength) throw Error(Position, $"{what} exceed {Array.MaxLength} bytes, the most that can be loaded.");
                Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, 2L * bytes.Length));
            }
            Array.Resize(ref bytes, filled);
        }
        ExpectEnd(what);
        return bytes;
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void ExpectEnd(string what)
    {
        long end = Position;
        Span<byte> one = stackalloc byte[1];
        if (Fill(one) != 0)
            throw Error(end, $"the file should end here, after {what}, but there is more.");
        if (_isCompressed && end != Length)
            throw Error(end,
                $"the compressed content ends here, but the file's last bytes announce {Length}; it is truncated, something was appended to " +
                "it, or it has several members. Compress it again with gzip.");
    }

    public DataFormatException Error(long offset, string problem, Exception? inner = null) => new(Name, offset, problem, inner);

    public void Dispose()
    {
        if (_ownsStream) _stream.Dispose();
    }

    private int Fill(Span<byte> destination)
    {
        int filled = 0;
        try
        {
            while (filled < destination.Length)
            {
                int read = _stream.Read(destination[filled..]);
                if (read == 0) break;
                filled += read;
                Position += read;
            }
        }
        catch (InvalidDataException exception)
        {
            throw Error(Position, $"the compressed data are damaged ({exception.Message.TrimEnd('.')}); get the file again.", exception);
        }
        return filled;
    }

    private DataFormatException EndsTooEarly(long count, string what, long there = -1)
    {
        string held = there >= 0 ? $"{there}" : Length is long length ? $"{Math.Max(0, length - Position)}" : "fewer";
        return Error(Position, $"expected {count} bytes of {what}, but the file has {held}; it is truncated, or its header is wrong.");
    }

    private static bool StartsAsGzip(FileStream file)
    {
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }

    // RFC 1952: the last four bytes hold the length of the content modulo 2^32. What does not fit an array is refused anyway.
    private long LengthFromGzipTrailer(FileStream file)
    {
        if (file.Length < GzipOverhead)
            throw Error(0, $"a gzip file has at least {GzipOverhead} bytes, this one {file.Length}; it is truncated.");
        Span<byte> trailer = stackalloc byte[4];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        file.Position = 0;
        long announced = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (announced > (file.Length - GzipOverhead) * DeflateRatio)
            throw Error(0,
                $"the gzip trailer announces {announced} bytes, more than the file's {file.Length} can hold; " +
                "it is truncated, or something was appended to it.");
        return announced;
    }
}
