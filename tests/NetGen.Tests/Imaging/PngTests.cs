using NetGen.Tests.Weights;
using Xunit;

namespace NetGen.Tests.Imaging;

public sealed class PngTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<int, int> Kinds => new()
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 }, { 2, 8 }, { 2, 16 }, { 3, 1 }, { 3, 2 }, { 3, 4 }, { 3, 8 }, { 4, 8 }, { 4, 16 }, { 6, 8 }, { 6, 16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_colour_type_and_depth_is_decoded_with_every_filter(int colourType, int depth)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (3, 2), (8, 8), (13, 11), (1, 9), (17, 1)])
        {
            foreach (bool isInterlaced in (bool[])[false, true])
            {
                PngFile file = PngFile.Random(width, height, colourType, depth) with
                {
                    IsInterlaced = isInterlaced,
                    Filter = y => y % 5,
                    Palette = colourType == 3 ? Bytes(3 << depth) : null,
                };
                Check(file);
                Check(file with { Filter = y => (y + 3) % 5, ChunkBytes = 7 });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_transparent_lies_on_white(int colourType, int depth)
    {
        if (colourType is 4 or 6) return;

        PngFile file = PngFile.Random(9, 7, colourType, depth, most: 3) with { Palette = colourType == 3 ? Bytes(3 << depth) : null };
        byte[] key = [.. Enumerable.Range(0, file.Channels).SelectMany(c => (byte[])[(byte)(file.Sample(4, 4, c) >> 8), (byte)file.Sample(4, 4, c)])];
        file = file with { Transparency = colourType == 3 ? [0, 128] : key };
        Check(file);
        if (colourType != 3) Assert.Equal([255, 255, 255], RgbImage.Load(new MemoryStream(file.ToBytes())).Pixels.Slice(3 * (4 * 9 + 4), 3).ToArray());
    }

    [Fact]
    public void Sixteen_bits_are_compared_whole_with_the_transparent_colour()
    {
        PngFile file = new(2, 1, 0, 16) { Sample = (x, _, _) => 0x1200 + x, Transparency = [0x12, 0x01] };
        Assert.Equal([0x12, 0x12, 0x12, 255, 255, 255], RgbImage.Load(new MemoryStream(file.ToBytes())).Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bits_are_rounded()
    {
        PngFile file = new(4, 1, 0, 16) { Sample = (x, _, _) => new[] { 128, 129, 257, 65407 }[x] };
        Assert.Equal([0, 1, 1, 255], RgbImage.Load(new MemoryStream(file.ToBytes())).ToGrey());
    }

    [Fact]
    public void A_stream_that_trickles_is_read_and_chunks_that_say_nothing_of_pixels_are_left_out()
    {
        PngFile file = PngFile.Random(5, 4, 2, 8);
        byte[] bytes = file.ToBytes();
        byte[] text = PngFile.Chunk("tEXt", Bytes(5000)), palette = PngFile.Chunk("PLTE", Bytes(30));
        byte[] more = [.. bytes[..33], .. text, .. palette, .. bytes[33..^12], .. text, .. bytes[^12..], 1, 2, 3];
        RgbImage image = RgbImage.Load(new TrickleStream(more));
        Assert.Equal((5, 4), (image.Width, image.Height));
        Assert.Equal(file.Expected(), image.Pixels.ToArray());
    }

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        var random = new Random(3);
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (2, 5), (64, 64), (640, 700)])
        {
            var image = new RgbImage(width, height);
            for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(random.Next(6) + i / 7);
            string path = Path.Combine(_directory.Path, $"{width}.png");
            image.SavePng(path);
            using var stream = new MemoryStream();
            image.SavePng(stream);

            Assert.Equal(File.ReadAllBytes(path), stream.ToArray());
            RgbImage loaded = RgbImage.Load(path);
            Assert.Equal((width, height), (loaded.Width, loaded.Height));
            Assert.Equal(image.Pixels.ToArray(), loaded.Pixels.ToArray());
        }
    }

    [Fact]
    public void More_than_a_chunk_of_data_is_saved_in_several()
    {
        var image = new RgbImage(700, 700);
        new Random(5).NextBytes(image.Pixels);
        using var stream = new MemoryStream();
        image.SavePng(stream);
        stream.Position = 0;
        Assert.True(stream.Length > 1 << 20);
        Assert.Equal(image.Pixels.ToArray(), RgbImage.Load(stream).Pixels.ToArray());
    }

    [Fact]
    public void Smooth_rows_are_saved_as_differences()
    {
        var image = new RgbImage(256, 256);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(i / 3 % 256 + i / 768);
        using var stream = new MemoryStream();
        image.SavePng(stream);
        Assert.True(stream.Length < 4000, $"{stream.Length} bytes");
    }

    [Fact]
    public void A_failed_save_leaves_the_file_that_was_there()
    {
        string path = _directory.Write("old.png", [1, 2, 3]);
        ThrowsWith.Message<DirectoryNotFoundException>("Create it first", () => new RgbImage(1, 1).SavePng(Path.Combine(_directory.Path, "no", "a.png")));
        ThrowsWith.Message<IOException>("it is a directory", () => new RgbImage(1, 1).SavePng(_directory.Path));
        ThrowsWith.Message<ArgumentException>("open for writing", () => new RgbImage(1, 1).SavePng(new MemoryStream([], writable: false)));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        new RgbImage(1, 1).SavePng(path);
        Assert.Equal(1, RgbImage.Load(path).Width);
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    private static void Check(PngFile file)
    {
        RgbImage image = RgbImage.Load(new MemoryStream(file.ToBytes()));
        Assert.Equal((file.Width, file.Height), (image.Width, image.Height));
        Assert.Equal(file.Expected(), image.Pixels.ToArray());
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(2).NextBytes(bytes);
        return bytes;
    }
}
