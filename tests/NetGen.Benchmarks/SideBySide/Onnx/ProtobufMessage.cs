using System.Buffers.Binary;
using System.Text;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>
/// A protocol buffer message on its way to a stream. Large data are not held: their length is known beforehand, and they are written
/// when their turn comes.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly List<Field> _fields = [];

    /// <summary>Bytes of the message.</summary>
    public long Length { get; private set; }

    /// <summary>Adds an integer; a negative one takes ten bytes.</summary>
    public ProtobufMessage Add(int field, long value) => Add(Bytes(TagOf(field, Varint), (ulong)value));

    /// <summary>Adds a float.</summary>
    public ProtobufMessage Add(int field, float value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Add([.. Bytes(TagOf(field, Fixed32)), .. bytes]);
    }

    /// <summary>Adds a string.</summary>
    public ProtobufMessage Add(int field, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return Add([.. Bytes(TagOf(field, LengthDelimited), (ulong)bytes.Length), .. bytes]);
    }

    /// <summary>Adds a message.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Length, value.WriteTo);

    /// <summary>Adds bytes that <paramref name="write"/> writes later.</summary>
    public ProtobufMessage Add(int field, long length, Action<Stream> write)
    {
        Add(Bytes(TagOf(field, LengthDelimited), (ulong)length));
        _fields.Add(new Field([], write));
        Length += length;
        return this;
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (Field field in _fields)
        {
            stream.Write(field.Bytes);
            field.Write?.Invoke(stream);
        }
    }

    private ProtobufMessage Add(byte[] bytes)
    {
        _fields.Add(new Field(bytes, null));
        Length += bytes.Length;
        return this;
    }

    private static ulong TagOf(int field, int wireType) => (ulong)((field << 3) | wireType);

    private static byte[] Bytes(params ReadOnlySpan<ulong> varints)
    {
        var bytes = new List<byte>();
        foreach (ulong varint in varints)
        {
            ulong rest = varint;
            for (; rest >= 0x80; rest >>= 7) bytes.Add((byte)(rest | 0x80));
            bytes.Add((byte)rest);
        }

        return [.. bytes];
    }

    private sealed record Field(byte[] Bytes, Action<Stream>? Write);
}
