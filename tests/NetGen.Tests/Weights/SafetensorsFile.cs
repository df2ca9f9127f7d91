using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Weights;

/// <summary>Makes safetensors files, well-formed or not.</summary>
internal static class SafetensorsFile
{
    public static byte[] Make(string header, byte[] data, long? headerBytes = null) => Make(Encoding.UTF8.GetBytes(header), data, headerBytes);

    public static byte[] Make(byte[] header, byte[] data, long? headerBytes = null)
    {
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, headerBytes ?? header.Length);
        return [.. prefix, .. header, .. data];
    }

    /// <summary>One tensor's entry in a header.</summary>
    public static string Entry(string name, string type, string shape, long begin, long end) =>
        $$"""
        "{{name}}":{"dtype":"{{type}}","shape":{{shape}},"data_offsets":[{{begin}},{{end}}]}
        """;

    /// <summary>A file with tensors of given types and contents, one behind the other.</summary>
    public static byte[] Make(params (string Name, string Type, int[] Shape, byte[] Data)[] tensors)
    {
        List<string> entries = [];
        long offset = 0;
        foreach ((string name, string type, int[] shape, byte[] data) in tensors)
        {
            entries.Add(Entry(name, type, $"[{string.Join(",", shape)}]", offset, offset + data.Length));
            offset += data.Length;
        }

        return Make("{" + string.Join(",", entries) + "}", [.. tensors.SelectMany(tensor => tensor.Data)]);
    }

    public static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}

/// <summary>A stream that can't seek and gives a few bytes at a time, as sockets and decompressors do.</summary>
internal sealed class TrickleStream(byte[] content) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(Math.Min(count, 7), content.Length - _position);
        Array.Copy(content, _position, buffer, offset, read);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
