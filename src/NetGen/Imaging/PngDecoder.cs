using System.IO.Compression;

namespace NetGen;

/// <summary>
/// Decodes PNG, of every colour type, bit depth and interlace, row by row. W3C Recommendation: Portable Network Graphics (PNG)
/// Specification, Third Edition, 2025.
/// </summary>
internal sealed class PngDecoder(ImageSource source, PngChunks chunks, PngHeader header, PixelBuffer pixels)
{
    // Of Adam7's passes the first column and row, and the steps between columns and rows.
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngColours _colours = new(header);

    private int Width => (int)header.Width;

    private int Height => (int)header.Height;

    /// <summary>Decodes an image from its signature to its last chunk.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or has too many pixels.</exception>
    public static RgbImage Decode(ImageSource source)
    {
        Span<byte> signature = stackalloc byte[8];
        source.Fill(signature, "the signature of PNG");
        if (!signature.SequenceEqual(PngEncoder.Signature))
            throw source.Error(0,
                "the signature of PNG has other line ends than it should: the file was converted as if it were text. Get it again, as it is.");

        using var chunks = new PngChunks(source);
        PngHeader header = PngHeader.Read(source, chunks);
        return new PngDecoder(source, chunks, header, new PixelBuffer(source, PngHeader.Offset, header.Width, header.Height)).Decode();
    }

    private RgbImage Decode()
    {
        RgbImage? image = null;
        for (chunks.Next(); chunks.Type != PngChunks.End; chunks.Next())
        {
            // Behind image data the chunk that follows them has begun; it may be the last.
            if (chunks.Type == PngChunks.ImageData)
            {
                if (image is not null)
                    throw source.Error(chunks.Offset, "image data come again behind other chunks; save the image again as PNG.");
                image = ReadImage();
                if (chunks.Type == PngChunks.End) break;
            }
            ReadOther();
            chunks.Finish();
        }
        chunks.Finish();
        return image ?? throw source.Error(chunks.Offset, "the file has no image data, no chunk IDAT; get it again.");
    }

    private void ReadOther()
    {
        switch (chunks.Type)
        {
            case PngChunks.Palette:
                _colours.ReadPalette(source, chunks);
                break;
            case PngChunks.Transparency:
                _colours.ReadTransparency(source, chunks);
                break;
            default:
                if (!chunks.IsAncillary)
                    throw source.Error(chunks.Offset, $"the chunk {chunks.Name} is unknown and may not be left out; save the image again as PNG.");
                break;
        }
    }

    private RgbImage ReadImage()
    {
        if (!_colours.IsComplete)
            throw source.Error(chunks.Offset,
                "image data come before the palette, the chunk PLTE, which they are indices into; save the image again as PNG.");

        using (var rows = new ZLibStream(chunks, CompressionMode.Decompress, leaveOpen: true))
        {
            if (header.IsInterlaced)
            {
                foreach ((int x, int y, int stepX, int stepY) in s_passes) ReadPass(rows, Extent(Width, x, stepX), Extent(Height, y, stepY));
            }
            else
            {
                ReadPass(rows, Width, Height);
            }

            Span<byte> more = stackalloc byte[1];
            if (Inflate(rows, more) > 0)
                throw source.Error(source.Offset, "the image data go on behind the last row; the file is damaged, get it again.");
        }
        Span<byte> rest = stackalloc byte[512];
        while (chunks.Read(rest) > 0) continue;

        RgbImage image = pixels.ToImage();
        return header.IsInterlaced ? Interleave(image) : image;
    }

    /// <summary>Reads the rows of an image, or of one pass of it.</summary>
    private void ReadPass(ZLibStream rows, int width, int height)
    {
        if (width == 0) return;

        // A row has its filter in front.
        var row = new byte[1 + header.RowBytes(width)];
        var above = new byte[row.Length];
        for (int y = 0; y < height; y++)
        {
            int filled = Inflate(rows, row);
            if (filled < row.Length)
                throw source.Error(source.Offset,
                    $"the image data end in row {y + 1} of {height}, {row.Length - filled} bytes too early; the file is damaged, get it again.");
            if (row[0] >= PngFilter.Count)
                throw source.Error(source.Offset,
                    $"row {y + 1} has the filter {row[0]}; they go from 0 to {PngFilter.Count - 1}. The file is damaged, get it again.");

            PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), header.FilterStep);
            if (!_colours.TryConvert(row.AsSpan(1), pixels.Next(RgbImage.Channels * width)))
                throw source.Error(source.Offset, $"row {y + 1} has a colour that the palette does not have; save the image again as PNG.");
            (row, above) = (above, row);
        }
    }

    private int Inflate(ZLibStream rows, Span<byte> bytes)
    {
        try
        {
            return rows.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw source.Error(source.Offset,
                $"the image data can't be decompressed ({exception.Message.TrimEnd('.')}); the file is damaged, get it again.", exception);
        }
    }

    /// <summary>Puts the pixels of the passes, which came one after the other, where they belong.</summary>
    private RgbImage Interleave(RgbImage passes)
    {
        var image = new RgbImage(Width, Height);
        int next = 0;
        foreach ((int firstX, int firstY, int stepX, int stepY) in s_passes)
        {
            for (int y = firstY; y < Height; y += stepY)
            {
                for (int x = firstX; x < Width; x += stepX, next += RgbImage.Channels)
                    passes.Pixels.Slice(next, RgbImage.Channels).CopyTo(image.Pixels[(RgbImage.Channels * (y * Width + x))..]);
            }
        }
        return image;
    }

    private static int Extent(int length, int first, int step) => Math.Max(0, (length - first + step - 1) / step);
}
