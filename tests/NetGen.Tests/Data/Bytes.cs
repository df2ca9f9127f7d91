using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Tests.Data;

/// <summary>Contents of data files, right and wrong ones.</summary>
internal static class Bytes
{
    public static byte[] Idx(byte type, uint[] dimensions, byte[] elements)
    {
        var bytes = new byte[4 + 4 * dimensions.Length + elements.Length];
        bytes[2] = type;
        bytes[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), dimensions[i]);
        elements.CopyTo(bytes, 4 + 4 * dimensions.Length);
        return bytes;
    }

    public static byte[] IdxImages(int count, byte fill = 7) => Idx(8, [(uint)count, 28, 28], Fill(count * 784, fill));

    public static byte[] IdxLabels(params byte[] labels) => Idx(8, [(uint)labels.Length], labels);

    public static byte[] CifarRecord(byte label, byte fill) => [label, .. Fill(3072, fill)];

    public static byte[] Fill(int count, byte value)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return compressed.ToArray();
    }
}
