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
    private readonly long _announced;

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
            if (!StartsAsGzip(file))
            {
                Length = file.Length;
                return;
            }
            _isCompressed = true;
            _announced = LengthFromGzipTrailer(file);
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

    /// <summary>
    /// The content's length in bytes. Null where nobody knows: a compressed file announces one in its last bytes, which are anything
    /// at all once the file is cut.
    /// </summary>
    public long? Length { get; }

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Fills <paramref name="destination"/>, which must be small.</summary>
    public void ReadExactly(Span<byte> destination, string what)
    {
        long start = Position;
        int filled = Fill(destination);
        if (filled < destination.Length) throw EndsTooEarly(start, destination.Length, what, filled);
    }

    /// <summary>Reads so many bytes.</summary>
    public byte[] ReadBytes(long count, string what)
    {
        if (count > Array.MaxLength)
            throw Error(Position, $"{what} take {count} bytes; at most {Array.MaxLength} can be loaded.");
        if (Length < Position + count) throw EndsTooEarly(Position, count, what, Math.Max(0, Length.Value - Position));

        var bytes = new byte[Length is not null ? count : Math.Min(count, FirstAllocation)];
        long start = Position;
        int filled = 0;
        while (true)
        {
            filled += Fill(bytes.AsSpan(filled));
            if (filled < bytes.Length) throw EndsTooEarly(start, count, what, filled);
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
        else if (_isCompressed)
        {
            // Never more than announced: whatever goes on behind it is refused below, however much it is.
            bytes = ReadBytes(Math.Min(_announced - Position, Array.MaxLength), what);
            if (!AtEnd()) throw TrailerDoesNotMatch();
            return bytes;
        }
        else
        {
            bytes = new byte[FirstAllocation];
            int filled = 0;
            while ((filled += Fill(bytes.AsSpan(filled))) == bytes.Length)
            {
                if (filled == Array.MaxLength)
                    throw Error(Position, $"{what} exceed {Array.MaxLength} bytes, the most that can be loaded.");
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
        if (!AtEnd())
            throw Error(end, $"the file should end here, after {what}, but there is more.");
        if (_isCompressed && end != _announced)
            throw Error(end,
                "the compressed content ends here, but the gzip trailer does not match; something was appended to the file, or it has " +
                "several members. Get it again, or compress it again with gzip.");
    }

    public DataFormatException Error(long offset, string problem, Exception? inner = null) => new(Name, offset, problem, inner);

    public void Dispose()
    {
        if (_ownsStream) _stream.Dispose();
    }

    private bool AtEnd()
    {
        Span<byte> one = stackalloc byte[1];
        return Fill(one) == 0;
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
            throw Error(Position, $"the file is truncated or damaged ({exception.Message.TrimEnd('.')}); get it again.", exception);
        }
        return filled;
    }

    private DataFormatException EndsTooEarly(long offset, long count, string what, long there) =>
        _isCompressed && Position != _announced
            ? TrailerDoesNotMatch()
            : Error(offset, $"expected {count} bytes of {what}, but the file has {there}; it is truncated, or its header is wrong.");

    private DataFormatException TrailerDoesNotMatch() => Error(Position,
        $"the gzip trailer does not match the {Position} bytes decompressed so far; the file is truncated or damaged, get it again.");

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
                $"the gzip trailer does not match, it announces more than {file.Length} bytes can hold; " +
                "the file is truncated or damaged, get it again.");
        return announced;
    }
}
