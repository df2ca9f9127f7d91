using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen;

/// <summary>Writes PNG of 8-bit RGB, each row with the filter that leaves the smallest differences.</summary>
internal static class PngEncoder
{
    private const int MostChunkBytes = 1 << 20;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes an image.</summary>
    public static void Encode(RgbImage image, Stream stream)
    {
        stream.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = PngHeader.Rgb;
        WriteChunk(stream, PngChunks.Header, header);

        ReadOnlySpan<byte> data = Compress(image);
        for (; data.Length > MostChunkBytes; data = data[MostChunkBytes..]) WriteChunk(stream, PngChunks.ImageData, data[..MostChunkBytes]);
        WriteChunk(stream, PngChunks.ImageData, data);
        WriteChunk(stream, PngChunks.End, []);
    }

    private static ReadOnlySpan<byte> Compress(RgbImage image)
    {
        using var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int rowBytes = RgbImage.Channels * image.Width;
            byte[] candidate = new byte[1 + rowBytes], best = new byte[1 + rowBytes];
            ReadOnlySpan<byte> above = new byte[rowBytes];
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Pixels.Slice(y * rowBytes, rowBytes);
                long least = long.MaxValue;
                for (int filter = PngFilter.None; filter < PngFilter.Count; filter++)
                {
                    candidate[0] = (byte)filter;
                    long sum = PngFilter.Apply(filter, row, above, RgbImage.Channels, candidate.AsSpan(1));
                    if (sum >= least) continue;
                    least = sum;
                    (candidate, best) = (best, candidate);
                }
                rows.Write(best);
                above = row;
            }
        }
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void WriteChunk(Stream stream, uint type, ReadOnlySpan<byte> data)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], type);
        stream.Write(bytes);
        stream.Write(data);

        uint checksum = PngChecksum.Add(PngChecksum.Add(PngChecksum.Start, bytes[4..]), data);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, PngChecksum.Finish(checksum));
        stream.Write(bytes[..4]);
    }
}
