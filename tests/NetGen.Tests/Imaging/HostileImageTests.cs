using NetGen.Tests.Weights;
using Xunit;

namespace NetGen.Tests.Imaging;

public sealed class HostileImageTests : IDisposable
{
    private const int MostBytes = 4 << 20;

    private static readonly PngFile s_png = PngFile.Random(3, 2, 2, 8);
    private static readonly PngFile s_indexed = PngFile.Random(3, 2, 3, 8, most: 1) with { Palette = [1, 2, 3, 4, 5, 6] };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, byte[], long, string> Malformed => new()
    {
        { "empty", [], 0, "there is nothing to read" },
        { "text", "hello, world, this is text"u8.ToArray(), 0, "this is no image of a known format; PNG, PPM and PGM are read as they are." },
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], 0, "this is a JPEG file; PNG, PPM and PGM are read as they are. Convert the file to PNG, or pass a decoder to RgbImage.Load." },
        { "GIF", "GIF89a"u8.ToArray(), 0, "this is a GIF file" },
        { "WebP", "RIFF1234WEBP"u8.ToArray(), 0, "this is a WebP file" },
        { "BMP", "BM1234"u8.ToArray(), 0, "this is a BMP file" },
        { "TIFF", [(byte)'I', (byte)'I', 42, 0], 0, "this is a TIFF file" },
        { "PBM", "P4 1 1 0"u8.ToArray(), 0, "this is a PBM file" },
        { "AVIF", "1234ftypavif"u8.ToArray(), 0, "this is a file of the AVIF and HEIF family" },
        { "line ends", [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0, 0], 0, "the file was converted as if it were text" },
        { "no header", [.. PngFile.Signature, .. PngFile.Chunk("IDAT", [1])], 8, "the first chunk is IDAT of 1 bytes; a PNG file begins with IHDR of 13." },
        { "header of 12", [.. PngFile.Signature, .. PngFile.Chunk("IHDR", new byte[12])], 8, "the first chunk is IHDR of 12 bytes" },
        { "type no letters", [.. PngFile.Signature, 0, 0, 0, 0, (byte)'I', (byte)'H', 0, (byte)'R'], 12, "the byte 0x00 stands in a chunk's type" },
        { "long chunk", Behind(33, [0x80, 0, 0, 0, .. "tEXt"u8]), 33, "the chunk tEXt is said to have 2147483648 bytes; 2147483647 are the most." },
        { "claimed chunk", Behind(33, [0x7F, 0, 0, 0, .. "tEXt"u8]), -1, "the file ends in the chunk tEXt" },
        { "depth", Header(depth: 3), 24, "there is no colour type 2 with 3 bits a sample in PNG" },
        { "colour type", Header(colourType: 5), 24, "there is no colour type 5 with 8 bits a sample in PNG" },
        { "interlace", Header(interlace: 2), 26, "interlace 2 is unknown" },
        { "no pixels", Header(width: 0), 16, "the header gives the image 0×2 pixels; sides go from 1 to 65535" },
        { "negative height", Header(height: 0xFFFFFFFF), 16, "the header gives the image 3×4294967295 pixels" },
        { "huge", Header(width: 65535, height: 65535), 16, "the header gives the image 65535×65535 pixels; sides go from 1 to 65535, and 134217728 pixels are the most." },
        { "claimed", Header(width: 8192, height: 16384), -1, "the image data end in row 1 of 16384, 24557 bytes too early" },
        { "header's checksum", Flip(29), 29, "the chunk IHDR has the checksum" },
        { "data's checksum", Flip(s_png.ToBytes().Length - 13), s_png.ToBytes().Length - 16, "the chunk IDAT has the checksum" },
        { "unknown chunk", Behind(33, PngFile.Chunk("ABCD", [])), 33, "the chunk ABCD is unknown and may not be left out" },
        { "no data", Behind(33, PngFile.Chunk("IEND", [])), 33, "the file has no image data" },
        { "no palette", (s_indexed with { Palette = null }).ToBytes(), 33, "image data come before the palette" },
        { "palette of 4 bytes", (s_indexed with { Palette = [1, 2, 3, 4] }).ToBytes(), 33, "the palette has 4 bytes or is the second" },
        { "palette too long", (PngFile.Random(3, 2, 3, 1) with { Palette = new byte[9] }).ToBytes(), 33, "there is one, of 1 to 2 colours of 3." },
        { "index beyond the palette", (s_indexed with { Palette = [1, 2, 3] }).ToBytes(), -1, "has a colour that the palette does not have" },
        { "transparency too long", (s_indexed with { Transparency = [1, 2, 3] }).ToBytes(), 51, "the chunk tRNS of 3 bytes does not suit the image's colours" },
        { "transparency with alpha", (PngFile.Random(3, 2, 6, 8) with { Transparency = [1, 2] }).ToBytes(), 33, "the chunk tRNS of 2 bytes does not suit" },
        { "filter", (s_png with { Filter = _ => 5 }).ToBytes(), -1, "row 1 has the filter 5; they go from 0 to 4." },
        { "no zlib", WithData([1, 2, 3, 4, 5, 6]), -1, "the image data can't be decompressed" },
        { "no data in the chunk", WithData([]), -1, "the image data end in row 1 of 2, 10 bytes too early" },
        { "a row too few", WithData(PngFile.Zlib(s_png.Rows()[..10])), -1, "the image data end in row 2 of 2, 10 bytes too early" },
        { "a byte too many", WithData(PngFile.Zlib([.. s_png.Rows(), 0])), -1, "the image data go on behind the last row" },
        { "zlib cut", WithData(PngFile.Zlib(s_png.Rows())[..^6]), -1, "the image data" },
        { "zlib's checksum", WithData([.. PngFile.Zlib(s_png.Rows())[..^1], 0x55]), -1, "the image data can't be decompressed" },
        { "data in two places", Behind(s_png.ToBytes().Length - 12, [.. PngFile.Chunk("tEXt", []), .. PngFile.Chunk("IDAT", [])]), -1, "image data come again" },
        { "bomb", WithData(PngFile.Zlib([.. s_png.Rows(), .. new byte[64 << 20]])), -1, "the image data go on behind the last row" },
        { "PPM without size", "P6 "u8.ToArray(), 3, "the file ends where a number, the width, is expected" },
        { "PPM with text", "P6 3 x"u8.ToArray(), 5, "the height is not a number of at most 9 digits" },
        { "PPM negative", "P6 -3 2 255\n"u8.ToArray(), 3, "the width is not a number" },
        { "PPM too long a number", "P6 1234567890 2 255\n"u8.ToArray(), 3, "the width is not a number of at most 9 digits" },
        { "PPM no pixels", "P6 0 2 255\n"u8.ToArray(), 2, "the header gives the image 0×2 pixels" },
        { "PPM huge", "P6 65535 65535 255\n"u8.ToArray(), 2, "134217728 pixels are the most" },
        { "PPM claimed", "P6 8192 16384 255\nabc"u8.ToArray(), 21, "the file ends in the samples of 8192×16384 pixels; 24573 more bytes were expected" },
        { "PPM no range", "P6 1 1 0\nabc"u8.ToArray(), 7, "the header gives 0 for the greatest sample; it goes from 1 to 65535." },
        { "PPM range", "P6 1 1 65536\nabc"u8.ToArray(), 7, "the header gives 65536 for the greatest sample" },
        { "PPM sample", [.. "P5 3 1 9\n"u8, 1, 2, 10], 11, "a sample is 10, greater than the 9 that the header allows" },
        { "PPM text sample", "P2 3 1 9 1 2 10 "u8.ToArray(), 13, "a sample is 10, greater than the 9" },
        { "PPM text claimed", "P3 8192 16384 9 1 2"u8.ToArray(), 19, "the file ends where a number, the sample, is expected" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_file_is_refused_with_place_and_remedy(string fault, byte[] file, long offset, string message)
    {
        string path = _directory.Write(fault, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageFormatException exception = ThrowsWith.Message<ImageFormatException>(message, () => RgbImage.Load(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.StartsWith($"{path}, offset {exception.Offset}: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(path, exception.FileName);
        if (offset >= 0) Assert.Equal(offset, exception.Offset);
        else Assert.InRange(exception.Offset, 33, file.Length);

        Assert.Equal(exception.Offset, ThrowsWith.Message<ImageFormatException>(message, () => RgbImage.Load(new TrickleStream(file))).Offset);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        foreach (byte[] file in (byte[][])[s_png.ToBytes(), (s_indexed with { Transparency = [7], IsInterlaced = true, ChunkBytes = 5 }).ToBytes(), [.. "P6 2 1 255\n123456"u8]])
        {
            Assert.NotNull(RgbImage.Load(new MemoryStream(file)));
            for (int length = 0; length < file.Length; length++)
            {
                ImageFormatException exception = Assert.Throws<ImageFormatException>(() => RgbImage.Load(new MemoryStream(file, 0, length)));
                Assert.InRange(exception.Offset, 0, length);
            }
        }
    }

    [Fact]
    public void A_changed_byte_gives_an_image_or_a_typed_exception()
    {
        byte[] file = (s_indexed with { Transparency = [7], IsInterlaced = true, ChunkBytes = 5 }).ToBytes();
        int refused = 0;
        for (int i = 0; i < 8 * file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i / 8] ^= (byte)(1 << i % 8);
            try
            {
                RgbImage.Load(new MemoryStream(changed));
            }
            catch (ImageFormatException)
            {
                refused++;
            }
        }
        Assert.Equal(8 * file.Length, refused);
    }

    [Fact]
    public void A_stream_that_has_nothing_to_read_or_cannot_be_is_refused()
    {
        Assert.Throws<FileNotFoundException>(() => RgbImage.Load(Path.Combine(_directory.Path, "none.png")));
        using var stream = new FileStream(Path.Combine(_directory.Path, "new.png"), FileMode.Create, FileAccess.Write);
        ThrowsWith.Message<ArgumentException>("open for reading", () => RgbImage.Load(stream));
        ThrowsWith.Message<ImageFormatException>("stream, offset 0: there is nothing to read", () => RgbImage.Load(new MemoryStream()));
    }

    [Fact]
    public void A_decoder_of_the_callers_gets_the_whole_file_of_any_other_format()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, .. new byte[40_000], 9];
        byte[]? seen = null;
        RgbImage Decode(Stream stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            seen = copy.ToArray();
            return new RgbImage(7, 5);
        }

        Assert.Equal(7, RgbImage.Load(_directory.Write("a.jpg", jpeg), Decode).Width);
        Assert.Equal(jpeg, seen);
        using var behind = new MemoryStream([1, 2, .. jpeg]) { Position = 2 };
        foreach (Stream stream in (Stream[])[behind, new TrickleStream(jpeg)])
        {
            seen = null;
            Assert.Equal(5, RgbImage.Load(stream, Decode).Height);
            Assert.Equal(jpeg, seen);
        }

        seen = null;
        Assert.Equal(3, RgbImage.Load(new MemoryStream(s_png.ToBytes()), Decode).Width);
        Assert.Null(seen);
        ThrowsWith.Message<InvalidOperationException>("it must return one", () => RgbImage.Load(new MemoryStream(jpeg), _ => null!));
    }

    private static byte[] Behind(int place, byte[] bytes) => [.. s_png.ToBytes()[..place], .. bytes, .. s_png.ToBytes()[place..]];

    private static byte[] WithData(byte[] data) =>
        [.. s_png.ToBytes()[..33], .. PngFile.Chunk("IDAT", data), .. PngFile.Chunk("IEND", [])];

    private static byte[] Flip(int place)
    {
        byte[] bytes = s_png.ToBytes();
        bytes[place] ^= 1;
        return bytes;
    }

    private static byte[] Header(uint width = 3, uint height = 2, byte depth = 8, byte colourType = 2, byte interlace = 0)
    {
        byte[] header = s_png.Header(width, height);
        (header[8], header[9], header[12]) = (depth, colourType, interlace);
        return [.. PngFile.Signature, .. PngFile.Chunk("IHDR", header), .. s_png.ToBytes()[33..]];
    }
}
