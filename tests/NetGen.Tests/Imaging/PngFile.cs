using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NetGen.Tests.Imaging;

/// <summary>Writes PNG files of every kind, well-formed or not, as the specification says and not as the library does.</summary>
internal sealed record PngFile(int Width, int Height, int ColourType, int Depth)
{
    // Which of Adam7's passes each pixel of a square of eight belongs to.
    private static readonly string[] s_passes = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public int Channels => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int Most => (1 << Depth) - 1;

    /// <summary>The sample of a channel at a column and row.</summary>
    public required Func<int, int, int, int> Sample { get; init; }

    public bool IsInterlaced { get; init; }

    /// <summary>The filter of a row.</summary>
    public Func<int, int> Filter { get; init; } = _ => 0;

    public byte[]? Palette { get; init; }

    public byte[]? Transparency { get; init; }

    public int ChunkBytes { get; init; } = int.MaxValue;

    /// <summary>A file with samples drawn at random.</summary>
    public static PngFile Random(int width, int height, int colourType, int depth, int seed = 1, int? most = null)
    {
        var random = new Random(seed);
        var samples = new int[height, width, 4];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < 4; c++) samples[y, x, c] = random.Next(1 << depth) % ((most ?? int.MaxValue - 1) + 1);
        return new PngFile(width, height, colourType, depth) { Sample = (x, y, c) => samples[y, x, c] };
    }

    public byte[] ToBytes()
    {
        List<byte> bytes = [.. Signature, .. Chunk("IHDR", Header((uint)Width, (uint)Height))];
        if (Palette is not null) bytes.AddRange(Chunk("PLTE", Palette));
        if (Transparency is not null) bytes.AddRange(Chunk("tRNS", Transparency));
        foreach (byte[] part in Zlib(Rows()).Chunk(ChunkBytes)) bytes.AddRange(Chunk("IDAT", part));
        return [.. bytes, .. Chunk("IEND", [])];
    }

    /// <summary>The image that a decoder has to give, computed in double.</summary>
    public byte[] Expected()
    {
        var pixels = new List<byte>();
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                (double[] colour, double alpha) = ColourAt(x, y);
                pixels.AddRange(colour.Select(value => (byte)Math.Floor(255 * (alpha * value + 1 - alpha) + 0.5)));
            }
        }
        return [.. pixels];
    }

    public byte[] Header(uint width, uint height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)ColourType, (byte)(IsInterlaced ? 1 : 0));
        return header;
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. checkedBytes, .. BigEndian(Checksum(checkedBytes))];
    }

    public static byte[] Zlib(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(data);
        return compressed.ToArray();
    }

    /// <summary>The rows with their filters, before compression.</summary>
    public byte[] Rows()
    {
        var bytes = new List<byte>();
        foreach (char pass in IsInterlaced ? "1234567" : " ")
        {
            byte[]? above = null;
            for (int y = 0; y < Height; y++)
            {
                int[] columns = [.. Enumerable.Range(0, Width).Where(x => pass == ' ' || s_passes[y % 8][x % 8] == pass)];
                if (columns.Length == 0) continue;
                byte[] row = Pack(columns, y);
                int filter = Filter(y);
                bytes.Add((byte)filter);
                bytes.AddRange(Differences(filter, row, above ?? new byte[row.Length], Math.Max(1, Channels * Depth / 8)));
                above = row;
            }
        }
        return [.. bytes];
    }

    private (double[] Colour, double Alpha) ColourAt(int x, int y)
    {
        int[] samples = [.. Enumerable.Range(0, Channels).Select(c => Sample(x, y, c))];
        if (ColourType == 3)
        {
            int entry = samples[0];
            double alpha = entry < Transparency?.Length ? Transparency[entry] / 255.0 : 1;
            return ([.. Palette!.Skip(3 * entry).Take(3).Select(value => value / 255.0)], alpha);
        }

        double[] values = Array.ConvertAll(samples, sample => sample / (double)Most);
        if (ColourType is 4 or 6) return (ColourType == 4 ? [values[0], values[0], values[0]] : values[..3], values[^1]);
        bool isTransparent = Transparency is not null
            && samples.Select((sample, c) => sample == (Transparency[2 * c] << 8 | Transparency[2 * c + 1])).All(equal => equal);
        return (ColourType == 0 ? [values[0], values[0], values[0]] : values, isTransparent ? 0 : 1);
    }

    private byte[] Pack(int[] columns, int y)
    {
        int bits = 0;
        var row = new byte[(columns.Length * Channels * Depth + 7) / 8];
        foreach (int x in columns)
        {
            for (int c = 0; c < Channels; c++)
            {
                for (int bit = Depth - 1; bit >= 0; bit--, bits++)
                    row[bits / 8] |= (byte)((Sample(x, y, c) >> bit & 1) << (7 - bits % 8));
            }
        }
        return row;
    }

    private static byte[] Differences(int filter, byte[] row, byte[] above, int step)
    {
        var differences = new byte[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int a = i >= step ? row[i - step] : 0, b = above[i], c = i >= step ? above[i - step] : 0;
            int p = a + b - c;
            int paeth = new[] { a, b, c }.MinBy(value => Math.Abs(p - value));
            differences[i] = (byte)(row[i] - filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => 0 });
        }
        return differences;
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Checksum(byte[] bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++) checksum = checksum >> 1 ^ ((checksum & 1) == 1 ? 0xEDB88320 : 0);
        }
        return ~checksum;
    }
}
