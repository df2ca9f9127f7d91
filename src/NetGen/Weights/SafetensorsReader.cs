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
    private readonly ulong _headerBytes;
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
            throw NothingToRead();
        }

        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixBytes];
        Fill(prefix);
        _headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (_headerBytes > SafetensorsHeader.MaximumBytes)
        {
            throw HeaderTooLong();
        }

        int headerBytes = (int)_headerBytes;
        long? dataBytes = fileBytes - prefix.Length - headerBytes;
        if (dataBytes < 0)
        {
            throw HeaderBeyondEnd(fileBytes - prefix.Length);
        }

        byte[] header = ReadHeader(headerBytes, dataBytes.HasValue ? headerBytes : FirstHeaderBytes);
        List<SafetensorsTensor> tensors = PlainSafetensorsHeader.TryRead(header) ?? ParseHeader(header);
        if (!IsInOrder(tensors))
        {
            SortByPlace(tensors);
        }

        CheckPlaces(tensors, dataBytes);
        Tensors = tensors.ToArray();
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
    public void ReadBytes(SafetensorsTensor tensor, Span<byte> bytes) => Fill(bytes, tensor);

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

    // Apart, so that the JIT does not load the JSON library for a header that needs none.
    private List<SafetensorsTensor> ParseHeader(byte[] header) => SafetensorsHeader.Parse(header, _source);

    private static bool IsInOrder(List<SafetensorsTensor> tensors)
    {
        for (int i = 1; i < tensors.Count; i++)
        {
            if (tensors[i].Begin < tensors[i - 1].End)
            {
                return false;
            }
        }

        return true;
    }

    private static void SortByPlace(List<SafetensorsTensor> tensors) =>
        tensors.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));

    /// <summary>Checks that the tensors' places, in order, cover the data without gap or overlap.</summary>
    private void CheckPlaces(List<SafetensorsTensor> tensors, long? dataBytes)
    {
        long covered = 0;
        string previous = "";
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Begin != covered)
            {
                throw Misplaced(tensor, covered, previous);
            }

            covered = tensor.End;
            previous = tensor.Name;
        }

        if (dataBytes is long found && found != covered)
        {
            throw WrongLength(found, covered, previous);
        }
    }

    private byte[] ReadHeader(int length, int capacity)
    {
        byte[] header = new byte[Math.Min(length, capacity)];
        int read = 0;
        while (true)
        {
            Fill(header.AsSpan(read));
            read = header.Length;
            if (read == length)
            {
                return header;
            }

            Array.Resize(ref header, (int)Math.Min(length, 2L * read));
        }
    }

    // The bytes are of the header where there is no tensor.
    private void Fill(Span<byte> bytes, SafetensorsTensor? tensor = null)
    {
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _offset += read;
        if (read < bytes.Length)
        {
            throw EndsInside(tensor, bytes.Length - read);
        }
    }

    // What is told of faults stands apart: compiling it would delay every load.

    private WeightsFormatException NothingToRead() => new(_source, 0, _stream.Length == 0
        ? "there is nothing to read, the length is 0; save weights there first."
        : $"the stream has nothing left to read (position {_stream.Position}, length {_stream.Length}); set its Position to 0.");

    private WeightsFormatException HeaderTooLong() => new(
        _source, 0, "this is not a safetensors file: by its first 8 bytes "
        + $"the header is said to have {_headerBytes} bytes; at most {SafetensorsHeader.MaximumBytes} are allowed.");

    private WeightsFormatException HeaderBeyondEnd(long? bytesBehind) => new(
        _source, 0, $"{(_stream.ReadByte() == '{' ? "the file is truncated" : "this is not a safetensors file")}: by its first 8 bytes "
        + $"the header is said to have {_headerBytes} bytes; only {bytesBehind} follow.");

    private WeightsFormatException EndsInside(SafetensorsTensor? tensor, int missing)
    {
        string what = tensor is not null ? $"the data of '{tensor.Name}'"
            : _offset < SafetensorsHeader.PrefixBytes ? "the length of its header in 8 bytes; this is not a safetensors file"
            : $"a header of {_headerBytes} bytes";
        return new WeightsFormatException(_source, _offset, $"the file ends in {what}; {missing} more bytes were expected at least.");
    }

    private WeightsFormatException Misplaced(SafetensorsTensor tensor, long covered, string previous) => new(
        _source, tensor.HeaderOffset, $"'{tensor.Name}' begins at byte {tensor.Begin} of the data" + (tensor.Begin < covered
            ? $", inside '{previous}', which ends at {covered}."
            : $"; no tensor covers bytes {covered} to {tensor.Begin}."));

    private WeightsFormatException WrongLength(long dataBytes, long covered, string previous)
    {
        long dataOffset = SafetensorsHeader.PrefixBytes + (long)_headerBytes;
        return dataBytes < covered
            ? new WeightsFormatException(
                _source, dataOffset + dataBytes, $"the file ends after {dataBytes} bytes of data; '{previous}' reaches to byte {covered}.")
            : new WeightsFormatException(
                _source, dataOffset + covered,
                $"the file goes on behind the {covered} bytes of data that its header describes, to byte {dataBytes}; it must end there.");
    }
}
