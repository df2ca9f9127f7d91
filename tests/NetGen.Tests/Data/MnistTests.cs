using Xunit;

namespace NetGen.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", "")]
    [InlineData(".", ".gz")]
    public void All_spellings_of_the_file_names_are_found(string joint, string extension)
    {
        void Write(string name, byte[] content) => _directory.Write(name + extension, extension == "" ? content : Bytes.Gzip(content));
        Write($"train-images{joint}idx3-ubyte", Bytes.IdxImages(3, 51));
        Write($"train-labels{joint}idx1-ubyte", Bytes.IdxLabels(4, 0, 9));
        Write($"t10k-images{joint}idx3-ubyte", Bytes.IdxImages(2, 255));
        Write($"t10k-labels{joint}idx1-ubyte", Bytes.IdxLabels(1, 2));

        var (train, test) = Mnist.Load(_directory.Path);

        Assert.Equal((3, 2), (train.Count, test.Count));
        Assert.Equal(new TensorShape(1, 28, 28), train.InputShape);
        Assert.Equal((10, 0), (train.ClassCount, train.TargetLength));
        Assert.Equal([4, 0, 9], Enumerable.Range(0, 3).Select(train.GetLabel));
        var image = new float[784];
        train.CopyInput(1, image);
        Assert.All(image, value => Assert.Equal((51 / 255f - 0.1307f) / 0.3081f, value));

        var (raw, _) = Mnist.Load(_directory.Path, PixelNormalization.UnitRange);
        raw.CopyInput(0, image);
        Assert.All(image, value => Assert.Equal(0.2f, value));
    }

    [Fact]
    public void A_missing_file_is_named_with_the_spellings_looked_for()
    {
        _directory.Write("train-images-idx3-ubyte", Bytes.IdxImages(1));
        var exception = Assert.Throws<FileNotFoundException>(() => Mnist.Load(_directory.Path));
        Assert.Contains($"'{_directory.Path}' has none of train-labels-idx1-ubyte, train-labels-idx1-ubyte.gz, " +
            "train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz", exception.Message, StringComparison.Ordinal);

        string none = Path.Combine(_directory.Path, "none");
        ThrowsWith.Message<DirectoryNotFoundException>($"'{none}' does not exist", () => Mnist.Load(none));
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        string images = _directory.Write("images", Bytes.IdxImages(3)), labels = _directory.Write("labels", Bytes.IdxLabels(1, 2));

        Check(images, labels, images, 4, $"there are 3 images, but 2 labels in {labels}");
        Check(labels, images, images, 2, "expected a label file (unsigned bytes, one dimension); this one has UInt8 elements and 3 dimensions. " +
            "It looks like an image file; pass the images first, then the labels.");
        Check(labels, labels, labels, 2, "expected an image file (unsigned bytes, three dimensions); this one has UInt8 elements and 1 dimension. " +
            "It looks like a label file; pass the images first, then the labels.");

        string outOfRange = _directory.Write("range", Bytes.IdxLabels(1, 2, 10));
        Check(images, outOfRange, outOfRange, 10, "expected labels 0 to 9; label 2 is 10");

        string small = _directory.Write("small", Bytes.Idx(8, [2, 27, 28], new byte[2 * 27 * 28]));
        Check(small, labels, small, 8, "expected images of 28×28 pixels, but these are 27×28");

        static void Check(string images, string labels, string culprit, long offset, string problem)
        {
            var exception = Assert.Throws<DataFormatException>(() => Mnist.LoadFiles(images, labels));
            Assert.Equal((culprit, offset), (exception.FileName, exception.Offset));
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        }
    }

    [SharedDataFact("mnist")]
    public void The_original_files_are_read()
    {
        var (train, test) = Mnist.Load(SharedData.PathOf("mnist"));

        Assert.Equal((60_000, 10_000), (train.Count, test.Count));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], Enumerable.Range(0, 10).Select(train.GetLabel));
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], Enumerable.Range(0, 10).Select(test.GetLabel));

        double sum = 0, squares = 0;
        var image = new float[784];
        for (int i = 0; i < train.Count; i++)
        {
            train.CopyInput(i, image);
            foreach (float value in image)
            {
                sum += value;
                squares += value * value;
            }
        }
        long n = train.Count * 784L;
        Assert.Equal(0, sum / n, 1e-3);
        Assert.Equal(1, squares / n, 1e-3);
    }
}
