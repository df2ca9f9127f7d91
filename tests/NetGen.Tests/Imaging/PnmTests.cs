using NetGen.Tests.Weights;
using Xunit;

namespace NetGen.Tests.Imaging;

public sealed class PnmTests
{
    public static TheoryData<string, byte[], byte[]> Files => new()
    {
        { "text, grey", "P2\n# made by hand\n2 2\n3\n0 1\n2 3\n"u8.ToArray(), [0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255] },
        { "text, grey, no blank at the end", "P2 2 1 255 7 8"u8.ToArray(), [7, 7, 7, 8, 8, 8] },
        { "text, colour", "P3 # a comment\r\n#another\r2\t1\v255\f1 2 3\n# between\n4 5 6"u8.ToArray(), [1, 2, 3, 4, 5, 6] },
        { "text, 16 bits", "P3 1 1 65535 65535 128 129"u8.ToArray(), [255, 0, 1] },
        { "bytes, grey", [.. "P5 3 1 255\n"u8, 10, 35, 13], [10, 10, 10, 35, 35, 35, 13, 13, 13] },
        { "bytes, grey of 7", [.. "P5 3 1 7\n"u8, 0, 3, 7], [0, 0, 0, 109, 109, 109, 255, 255, 255] },
        { "bytes, colour", [.. "P6\n1 2\n255\n"u8, 1, 2, 3, 4, 5, 6, 99], [1, 2, 3, 4, 5, 6] },
        { "two bytes, colour", [.. "P6 1 1 65535 "u8, 0xFF, 0xFF, 0, 128, 0, 129], [255, 0, 1] },
        { "two bytes, grey", [.. "P5 2 1 1000 "u8, 0x03, 0xE8, 0x01, 0xF4], [255, 255, 255, 128, 128, 128] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_kind_is_decoded(string kind, byte[] file, byte[] expected)
    {
        Assert.NotEmpty(kind);
        Assert.Equal(expected, RgbImage.Load(new MemoryStream(file)).Pixels.ToArray());
        Assert.Equal(expected, RgbImage.Load(new TrickleStream(file)).Pixels.ToArray());
    }

    [Fact]
    public void More_than_the_first_memory_is_decoded()
    {
        var samples = new byte[3 * 1000 * 900];
        new Random(1).NextBytes(samples);
        RgbImage image = RgbImage.Load(new MemoryStream([.. "P6 1000 900 255\n"u8, .. samples]));
        Assert.Equal((1000, 900), (image.Width, image.Height));
        Assert.True(image.Pixels.SequenceEqual(samples));
    }
}
