namespace NetGen;

/// <summary>Decodes PGM and PPM, with samples as text (P2, P3) or as bytes (P5, P6), of up to 16 bits.</summary>
/// <remarks>Format: Jef Poskanzer: Netpbm, the manual pages pgm and ppm.</remarks>
internal static class PnmDecoder
{
    private const int MostDigits = 9;
    private const int MostSample = 65_535;

    /// <summary>Decodes an image; what follows it stays unread.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or has too many pixels.</exception>
    public static RgbImage Decode(ImageSource source)
    {
        Span<byte> magic = stackalloc byte[2];
        source.Fill(magic, "its first bytes");
        bool isText = magic[1] is (byte)'2' or (byte)'3', isGrey = magic[1] is (byte)'2' or (byte)'5';

        long offset = source.Offset;
        int width = ReadNumber(source, "width"), height = ReadNumber(source, "height");
        var pixels = new PixelBuffer(source, offset, width, height);
        offset = source.Offset;
        int most = ReadNumber(source, "greatest sample");
        if (most is < 1 or > MostSample)
            throw source.Error(offset, $"the header gives {most} for the greatest sample; it goes from 1 to {MostSample}. Save the image again.");

        int samples = (isGrey ? 1 : RgbImage.Channels) * width, sampleBytes = most > byte.MaxValue ? 2 : 1;
        var row = new byte[isText ? 0 : samples * sampleBytes];
        string what = $"the samples of {width}×{height} pixels";
        for (int y = 0; y < height; y++)
        {
            offset = source.Offset;
            if (!isText) source.Fill(row, what);
            Span<byte> target = pixels.Next(RgbImage.Channels * width);
            for (int i = 0; i < samples; i++)
            {
                if (isText) offset = source.Offset;
                int sample = isText ? ReadNumber(source, "sample") : sampleBytes == 1 ? row[i] : row[2 * i] << 8 | row[2 * i + 1];
                if (sample > most)
                    throw source.Error(offset + (isText ? 0 : sampleBytes * i),
                        $"a sample is {sample}, greater than the {most} that the header allows; the file is damaged, get it again.");

                byte value = (byte)((byte.MaxValue * sample + most / 2) / most);
                if (isGrey) target.Slice(RgbImage.Channels * i, RgbImage.Channels).Fill(value);
                else target[i] = value;
            }
        }
        return pixels.ToImage();
    }

    /// <summary>Reads a number, the blanks and comments before it, and the one blank behind it.</summary>
    private static int ReadNumber(ImageSource source, string what)
    {
        int next = source.ReadByte();
        while (IsBlank(next) || next == '#')
        {
            if (next == '#')
            {
                while (next is not ('\n' or '\r' or -1)) next = source.ReadByte();
            }
            else
            {
                next = source.ReadByte();
            }
        }

        long offset = source.Offset - 1;
        int number = 0, digits = 0;
        for (; next is >= '0' and <= '9' && digits < MostDigits; next = source.ReadByte(), digits++) number = 10 * number + next - '0';
        if (digits > 0 && (IsBlank(next) || next == -1)) return number;

        throw next == -1
            ? source.Error(source.Offset, $"the file ends where a number, the {what}, is expected; it is truncated, get it again.")
            : source.Error(offset,
                $"the {what} is not a number of at most {MostDigits} digits followed by a blank; the file is damaged, get it again.");
    }

    private static bool IsBlank(int value) => value is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
}
