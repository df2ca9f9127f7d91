using System.Buffers.Binary;

namespace NetGen;

/// <summary>Turns the rows of a PNG file into RGB: what is transparent lies on white, and 16 bits are rounded to 8.</summary>
internal sealed class PngColours(PngHeader header)
{
    private const int PaletteEntries = 256;

    // Samples of up to 8 bits that are a pixel each, indices or grey, have their colours here.
    private byte[] _table = header is { ColourType: PngHeader.Grey, BitDepth: <= 8 } ? Greys(header.BitDepth) : [];
    private int[] _transparent = [];

    /// <summary>Whether the palette is there, if one is needed.</summary>
    public bool IsComplete => header.ColourType != PngHeader.Indexed || _table.Length > 0;

    /// <summary>Reads the palette.</summary>
    public void ReadPalette(ImageSource source, PngChunks chunks)
    {
        int most = header.ColourType == PngHeader.Indexed ? 1 << header.BitDepth : PaletteEntries;
        int bytes = chunks.Left;
        bool isSecond = header.ColourType == PngHeader.Indexed && _table.Length > 0;
        if (isSecond || bytes == 0 || bytes % RgbImage.Channels != 0 || bytes > RgbImage.Channels * most)
            throw source.Error(chunks.Offset,
                $"the palette has {bytes} bytes or is the second; there is one, of 1 to {most} colours of 3. The file is damaged, get it again.");

        // In other images it only suggests colours to displays that have few.
        if (header.ColourType != PngHeader.Indexed) return;
        _table = new byte[bytes];
        chunks.Fill(_table);
    }

    /// <summary>Reads what is transparent: an alpha for each colour of the palette, or the samples of the one colour that is.</summary>
    public void ReadTransparency(ImageSource source, PngChunks chunks)
    {
        int bytes = chunks.Left;
        bool fits = header.ColourType switch
        {
            PngHeader.Indexed => _table.Length > 0 && bytes <= _table.Length / RgbImage.Channels,
            PngHeader.Grey or PngHeader.Rgb => bytes == 2 * header.Channels,
            _ => false,
        };
        if (!fits)
            throw source.Error(chunks.Offset, $"the chunk tRNS of {bytes} bytes does not suit the image's colours or palette; save it again as PNG.");

        Span<byte> data = stackalloc byte[PaletteEntries];
        data = data[..bytes];
        chunks.Fill(data);
        if (header.ColourType == PngHeader.Indexed)
        {
            for (int i = 0; i < _table.Length; i++)
            {
                int entry = i / RgbImage.Channels;
                if (entry < bytes) _table[i] = OnWhite(_table[i], data[entry], byte.MaxValue);
            }
            return;
        }

        _transparent = new int[header.Channels];
        int mask = (1 << header.BitDepth) - 1;
        for (int c = 0; c < _transparent.Length; c++) _transparent[c] = BinaryPrimitives.ReadUInt16BigEndian(data[(2 * c)..]) & mask;
        if (_table.Length > 0) _table.AsSpan(RgbImage.Channels * _transparent[0], RgbImage.Channels).Fill(byte.MaxValue);
    }

    /// <summary>Converts a row.</summary>
    /// <param name="row">The row without its filter.</param>
    /// <param name="pixels">Receives its pixels.</param>
    /// <returns>Whether the palette has all the indices.</returns>
    public bool TryConvert(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        if (_table.Length > 0) return TryLookUp(row, pixels);

        if (header is { ColourType: PngHeader.Rgb, BitDepth: 8 } && _transparent.Length == 0) row.CopyTo(pixels);
        else if (header.BitDepth == 8) Convert(row, pixels, byte.MaxValue);
        else Convert(row, pixels, ushort.MaxValue);
        return true;
    }

    private bool TryLookUp(ReadOnlySpan<byte> row, Span<byte> pixels)
    {
        int depth = header.BitDepth, mask = (1 << depth) - 1;
        for (int x = 0; RgbImage.Channels * x < pixels.Length; x++)
        {
            // The leftmost pixel has a byte's highest bits.
            int bit = x * depth;
            int entry = RgbImage.Channels * ((row[bit / 8] >> (8 - depth - bit % 8)) & mask);
            if (entry >= _table.Length) return false;
            _table.AsSpan(entry, RgbImage.Channels).CopyTo(pixels.Slice(RgbImage.Channels * x, RgbImage.Channels));
        }
        return true;
    }

    private void Convert(ReadOnlySpan<byte> row, Span<byte> pixels, int most)
    {
        int channels = header.Channels, bytes = header.BitDepth / 8;
        bool isGrey = channels < RgbImage.Channels, hasAlpha = header.ColourType is PngHeader.GreyAlpha or PngHeader.Rgba;
        Span<int> samples = stackalloc int[channels];
        for (int x = 0; RgbImage.Channels * x < pixels.Length; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(x * channels * bytes, channels * bytes);
            for (int c = 0; c < channels; c++) samples[c] = bytes == 1 ? pixel[c] : BinaryPrimitives.ReadUInt16BigEndian(pixel[(2 * c)..]);

            int alpha = hasAlpha ? samples[^1] : samples.SequenceEqual(_transparent) ? 0 : most;
            for (int c = 0; c < RgbImage.Channels; c++) pixels[RgbImage.Channels * x + c] = OnWhite(samples[isGrey ? 0 : c], alpha, most);
        }
    }

    /// <summary>A sample in front of white, rounded to 8 bits: 255 (alpha · sample + (most − alpha) · most) / most².</summary>
    private static byte OnWhite(int sample, int alpha, int most)
    {
        long whole = (long)most * most;
        long shown = (long)alpha * sample + (long)(most - alpha) * most;
        return (byte)((byte.MaxValue * shown + whole / 2) / whole);
    }

    private static byte[] Greys(int depth)
    {
        var table = new byte[RgbImage.Channels << depth];
        for (int i = 0; i < table.Length; i++) table[i] = (byte)(i / RgbImage.Channels * byte.MaxValue / ((1 << depth) - 1));
        return table;
    }
}
