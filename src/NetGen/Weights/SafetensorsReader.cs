using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Reads a safetensors file from front to back, so that streams without seeking do. Nothing is allocated on the word of the file: a
/// header grows with the bytes that arrive.
/// </summary>
internal sealed class SafetensorsReader
{
    private const int FirstHeaderBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly string _source;
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _offset;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="stream">The file, from its position.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="WeightsFormatException">The header is malformed or does not fit the file's length.</exception>
    public SafetensorsReader(Stream stream, string source)
    {
        _stream = stream;
        _source = source;
        long? fileBytes = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;
        if (fileBytes == 0)
        {
            throw new WeightsFormatException(source, 0, stream.Length == 0
                ? "there is nothing to read, the length is 0; save weights there first."
                : $"the stream has nothing left to read (position {stream.Position}, length {stream.Length}); set its Position to 0.");
        }

        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixBytes];
        Fill(prefix, "the length of its header in 8 bytes; this is not a safetensors file");
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > SafetensorsHeader.MaximumBytes)
        {
            throw new WeightsFormatException(
                source, 0, "this is not a safetensors file: by its first 8 bytes "
                + $"the header is said to have {headerBytes} bytes; at most {SafetensorsHeader.MaximumBytes} are allowed.");
        }

        long? dataBytes = fileBytes - prefix.Length - (long)headerBytes;
        if (dataBytes < 0)
        {
            throw new WeightsFormatException(
                source, 0, $"{(stream.ReadByte() == '{' ? "the file is truncated" : "this is not a safetensors file")}: by its first 8 bytes "
                + $"the header is said to have {headerBytes} bytes; only {fileBytes - prefix.Length} follow.");
        }

        byte[] header = ReadHeader((int)headerBytes, dataBytes.HasValue ? (int)headerBytes : FirstHeaderBytes);
        Tensors = SafetensorsHeader.Parse(header.AsSpan(0, (int)headerBytes), source, dataBytes);
    }

    /// <summary>The tensors in the order of their data, which is the order to read or skip them in.</summary>
    public SafetensorsTensor[] Tensors { get; }

    /// <summary>Reads the next elements of a tensor and converts them.</summary>
    public void Read(SafetensorsTensor tensor, Span<float> values)
    {
        if (tensor.Type == TensorType.F32 && BitConverter.IsLittleEndian)
        {
            ReadBytes(tensor, MemoryMarshal.AsBytes(values));
            return;
        }

        int elementBytes = tensor.Type.Bits / 8;
        while (!values.IsEmpty)
        {
            int count = Math.Min(values.Length, _buffer.Length / elementBytes);
            Span<byte> bytes = _buffer.AsSpan(0, count * elementBytes);
            ReadBytes(tensor, bytes);
            tensor.Type.ToSingles(bytes, values[..count]);
            values = values[count..];
        }
    }

    /// <summary>Reads the next bytes of a tensor.</summary>
    public void ReadBytes(SafetensorsTensor tensor, Span<byte> bytes) => Fill(bytes, $"the data of '{tensor.Name}'");

    /// <summary>Reads past a tensor.</summary>
    public void Skip(SafetensorsTensor tensor)
    {
        for (long left = tensor.End - tensor.Begin; left > 0;)
        {
            int count = (int)Math.Min(left, _buffer.Length);
            ReadBytes(tensor, _buffer.AsSpan(0, count));
            left -= count;
        }
    }

    /// <summary>Checks that the file ends here.</summary>
    public void ReadEnd()
    {
        if (_stream.Read(_buffer, 0, 1) != 0)
        {
            throw new WeightsFormatException(_source, _offset, "the file goes on behind the data that its header describes; it must end there.");
        }
    }

    private byte[] ReadHeader(int length, int capacity)
    {
        byte[] header = new byte[Math.Min(length, capacity)];
        int read = 0;
        while (true)
        {
            Fill(header.AsSpan(read), $"a header of {length} bytes");
            read = header.Length;
            if (read == length)
            {
                return header;
            }

            Array.Resize(ref header, (int)Math.Min(length, 2L * read));
        }
    }

    private void Fill(Span<byte> bytes, string what)
    {
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _offset += read;
        if (read < bytes.Length)
        {
            throw new WeightsFormatException(_source, _offset, $"the file ends in {what}; {bytes.Length - read} more bytes were expected at least.");
        }
    }
}
