namespace NetGen;

/// <summary>CIFAR-10 in its binary version: 3×32×32 colour images, 10 classes.</summary>
/// <remarks>
/// A file is a sequence of records of 3073 bytes: the label, then the red, the green and the blue plane of 32×32 pixels.
/// Alex Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009.
/// </remarks>
public static class Cifar10
{
    private const int Side = 32, Channels = 3, Classes = 10, TrainFiles = 5;
    private const int ImageLength = Channels * Side * Side, RecordLength = 1 + ImageLength;

    /// <summary>Mean and standard deviation of CIFAR-10's training images, channel by channel, as is usual for this dataset.</summary>
    public static PixelNormalization Normalization { get; } = new([0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f]);

    /// <summary>The names of the classes, in the order of the labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Loads the original files <c>data_batch_1.bin</c> to <c>data_batch_5.bin</c> and <c>test_batch.bin</c>, each also with <c>.gz</c>.</summary>
    /// <param name="directory">The directory that holds them.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Normalization"/> unless given.</param>
    /// <returns>The training images and the test images.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="DataFormatException">A file is damaged, or is not of the format.</exception>
    public static (ByteImageDataset Train, ByteImageDataset Test) Load(string directory, PixelNormalization? normalization = null)
    {
        DataDirectory.Require(directory, "CIFAR-10");
        var train = new string[TrainFiles];
        for (int i = 0; i < train.Length; i++)
            train[i] = DataDirectory.Find(directory, [$"data_batch_{i + 1}.bin", $"data_batch_{i + 1}.bin.gz"]);
        string test = DataDirectory.Find(directory, ["test_batch.bin", "test_batch.bin.gz"]);
        return (LoadFiles(train, normalization), LoadFile(test, normalization));
    }

    /// <summary>Loads one file of records, plain or compressed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Normalization"/> unless given.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="DataFormatException">The file is damaged, is no whole number of records, or has a label above 9.</exception>
    public static ByteImageDataset LoadFile(string path, PixelNormalization? normalization = null) => LoadFiles([path], normalization);

    /// <summary>Loads several files of records, plain or compressed with gzip, one after the other into one dataset.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Normalization"/> unless given.</param>
    /// <exception cref="ArgumentException">There is no file in <paramref name="paths"/>, or together they exceed 2 GB.</exception>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="DataFormatException">A file is damaged, is no whole number of records, or has a label above 9.</exception>
    public static ByteImageDataset LoadFiles(IReadOnlyList<string> paths, PixelNormalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("Name at least one file.", nameof(paths));

        byte[][] files = [.. paths.Select(ReadRecords)];
        long records = files.Sum(file => (long)(file.Length / RecordLength));
        if (records * ImageLength > Array.MaxLength)
            throw new ArgumentException($"{records} images exceed {Array.MaxLength} bytes, the most that one dataset can hold; load fewer files.", nameof(paths));

        var pixels = new byte[records * ImageLength];
        var labels = new int[records];
        int n = 0;
        for (int f = 0; f < files.Length; f++)
            for (int offset = 0; offset < files[f].Length; offset += RecordLength, n++)
            {
                labels[n] = files[f][offset];
                if (labels[n] >= Classes)
                    throw new DataFormatException(paths[f], offset, $"expected a label 0 to {Classes - 1} at the start of a record; it is {labels[n]}.");
                files[f].AsSpan(offset + 1, ImageLength).CopyTo(pixels.AsSpan(n * ImageLength));
            }
        return new ByteImageDataset(new TensorShape(Channels, Side, Side), pixels, labels, Classes, normalization ?? Normalization);
    }

    private static byte[] ReadRecords(string path)
    {
        using var reader = new DataFileReader(path);
        if (reader.Length is long length) RequireWholeRecords(reader, length);
        byte[] bytes = reader.ReadToEnd("CIFAR-10 records");
        RequireWholeRecords(reader, bytes.Length);
        return bytes;
    }

    private static void RequireWholeRecords(DataFileReader reader, long length)
    {
        if (length == 0 || length % RecordLength != 0)
            throw reader.Error(length - length % RecordLength,
                $"expected a whole number of records of {RecordLength} bytes (a label and {Channels}×{Side}×{Side} pixels), " +
                $"but the file has {length} bytes; it is truncated or not CIFAR-10's binary version.");
    }
}
