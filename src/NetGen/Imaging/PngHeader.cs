using System.Buffers.Binary;

namespace NetGen;

/// <summary>What a PNG file's first chunk says.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits of a sample, or of an index into the palette: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">0 grey, 2 RGB, 3 indices into a palette, 4 grey with alpha, 6 RGB with alpha.</param>
/// <param name="IsInterlaced">Whether the pixels come in Adam7's seven passes.</param>
internal readonly record struct PngHeader(long Width, long Height, int BitDepth, int ColourType, bool IsInterlaced)
{
    public const int Grey = 0, Rgb = 2, Indexed = 3, GreyAlpha = 4, Rgba = 6;

    /// <summary>Where width and height lie in a file: behind its signature, the chunk's length and its type.</summary>
    public const int Offset = 16;

    private const int Bytes = 13;

    /// <summary>Samples of a pixel.</summary>
    public int Channels => ColourType switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    /// <summary>The distance between bytes that filters compare: those of a pixel, 1 at least.</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Bytes of a row of as many pixels.</summary>
    public int RowBytes(int width) => (int)(((long)width * Channels * BitDepth + 7) / 8);

    /// <summary>Reads and checks the chunk, except for width and height.</summary>
    public static PngHeader Read(ImageSource source, PngChunks chunks)
    {
        chunks.Next();
        if (chunks.Type != PngChunks.Header || chunks.Left != Bytes)
            throw source.Error(chunks.Offset,
                $"the first chunk is {chunks.Name} of {chunks.Left} bytes; a PNG file begins with IHDR of {Bytes}. It is damaged, get it again.");

        Span<byte> bytes = stackalloc byte[Bytes];
        long offset = source.Offset;
        chunks.Fill(bytes);
        chunks.Finish();
        int depth = bytes[8], colourType = bytes[9];
        bool known = (colourType, depth) is (Grey, 1 or 2 or 4 or 8 or 16) or (Indexed, 1 or 2 or 4 or 8) or (Rgb or GreyAlpha or Rgba, 8 or 16);
        if (!known)
            throw source.Error(offset + 8, $"there is no colour type {colourType} with {depth} bits a sample in PNG; the file is damaged, get it again.");
        if (bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw source.Error(offset + 10,
                $"compression {bytes[10]}, filters {bytes[11]} or interlace {bytes[12]} is unknown; 0, 0 and 0 or 1 are. Save the image again as PNG.");
        return new PngHeader(
            BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), depth, colourType, bytes[12] == 1);
    }
}
