using System.Globalization;
using Xunit;

namespace NetGen.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void The_original_names_are_found_and_the_batches_joined_in_order(string extension)
    {
        void Write(string name, byte[] content) => _directory.Write(name + extension, extension == "" ? content : Bytes.Gzip(content));
        for (byte b = 1; b <= 5; b++) Write($"data_batch_{b}.bin", [.. Bytes.CifarRecord(b, (byte)(10 * b)), .. Bytes.CifarRecord(0, b)]);
        Write("test_batch.bin", Bytes.CifarRecord(9, 1));

        var (train, test) = Cifar10.Load(_directory.Path);

        Assert.Equal((10, 1), (train.Count, test.Count));
        Assert.Equal(new TensorShape(3, 32, 32), train.InputShape);
        Assert.Equal([1, 0, 2, 0, 3, 0, 4, 0, 5, 0], Enumerable.Range(0, 10).Select(train.GetLabel));
        Assert.Equal(9, test.GetLabel(0));
        Assert.All(train.GetPixels(4).ToArray(), value => Assert.Equal(30, value));
        Assert.Equal(10, Cifar10.ClassNames.Count);
    }

    [Fact]
    public void Channels_are_planes_with_their_own_normalization()
    {
        byte[] record = [3, .. Bytes.Fill(1024, 51), .. Bytes.Fill(1024, 102), .. Bytes.Fill(1024, 204)];
        ByteImageDataset data = Cifar10.LoadFile(_directory.Write("a.bin", record));

        var image = new float[3072];
        data.CopyInput(0, image);
        Assert.All(image[..1024], value => Assert.Equal((51 / 255f - 0.4914f) / 0.2470f, value));
        Assert.All(image[1024..2048], value => Assert.Equal((102 / 255f - 0.4822f) / 0.2435f, value));
        Assert.All(image[2048..], value => Assert.Equal((204 / 255f - 0.4465f) / 0.2616f, value));
    }

    public static TheoryData<string, byte[], long, string> Damaged => new()
    {
        { "empty", [], 0, "expected a whole number of records of 3073 bytes" },
        { "cut", [.. Bytes.CifarRecord(1, 1), .. Bytes.CifarRecord(2, 2)[..100]], 3073, "the file has 3173 bytes" },
        { "label", [.. Bytes.CifarRecord(1, 1), .. Bytes.CifarRecord(10, 2)], 3073,
            "expected a label 0 to 9 at the start of a record; it is 10" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_says_where_and_what_was_expected(string name, byte[] content, long offset, string problem)
    {
        foreach (byte[] form in (byte[][])[content, Bytes.Gzip(content)])
        {
            string path = _directory.Write(name, form);
            var exception = Assert.Throws<DataFormatException>(() => Cifar10.LoadFile(path));
            Assert.Equal((path, offset), (exception.FileName, exception.Offset));
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_batch_is_named()
    {
        _directory.Write("data_batch_1.bin", Bytes.CifarRecord(1, 1));
        var exception = Assert.Throws<FileNotFoundException>(() => Cifar10.Load(_directory.Path));
        Assert.Contains("none of data_batch_2.bin, data_batch_2.bin.gz", exception.Message, StringComparison.Ordinal);
        ThrowsWith.Message<ArgumentException>("at least one file", () => Cifar10.LoadFiles([]));
    }

    [SharedDataFact("cifar10")]
    public void Published_records_are_read()
    {
        ByteImageDataset data = Cifar10.LoadFile(SharedData.PathOf("cifar10", "data_batch_1_first4000.bin.gz"));

        Assert.Equal(4000, data.Count);
        // The first records of data_batch_1: frog, truck, truck, deer, automobile; its first pixel is 59, 62, 63.
        Assert.Equal("frog truck truck deer automobile",
            string.Join(' ', Enumerable.Range(0, 5).Select(i => Cifar10.ClassNames[data.GetLabel(i)])), ignoreCase: false);
        Assert.Equal("59 62 63", string.Create(CultureInfo.InvariantCulture,
            $"{data.GetPixels(0)[0]} {data.GetPixels(0)[1024]} {data.GetPixels(0)[2048]}"));
        Assert.Equal(14_000, Cifar10.LoadFiles(
            [SharedData.PathOf("cifar10", "data_batch_1_first4000.bin.gz"), SharedData.PathOf("cifar10", "jpeg_train_10000.bin.gz")]).Count);
    }
}
