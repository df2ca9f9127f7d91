namespace NetGen;

/// <summary>
/// MNIST's handwritten digits, and sets published in its format (Fashion-MNIST, Kuzushiji-MNIST): 1×28×28 images, 10 classes.
/// </summary>
/// <remarks>Yann LeCun, Corinna Cortes, Christopher Burges: The MNIST database of handwritten digits.</remarks>
public static class Mnist
{
    private const int Side = 28, Classes = 10;

    /// <summary>
    /// <c>(pixel / 255 − 0.1307) / 0.3081</c>: mean and standard deviation of MNIST's training images, as is usual for this dataset.
    /// </summary>
    public static PixelNormalization Normalization { get; } = new(0.1307f, 0.3081f);

    /// <summary>
    /// Loads the four original files: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c>, each also with <c>.gz</c> and also spelt with a dot (<c>train-images.idx3-ubyte</c>).
    /// </summary>
    /// <param name="directory">The directory that holds them.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Normalization"/> unless given.</param>
    /// <returns>The training images and the test images.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">
    /// One of the files is not there; the message names the spellings that were looked for.
    /// </exception>
    /// <exception cref="DataFormatException">A file is damaged, or is not of the format.</exception>
    public static (ByteImageDataset Train, ByteImageDataset Test) Load(string directory, PixelNormalization? normalization = null)
    {
        DataDirectory.Require(directory, "MNIST");
        // All four are looked up before the first is read: a missing one should not cost the time to load the others.
        string trainImages = Find(directory, "train-images", "idx3-ubyte"), trainLabels = Find(directory, "train-labels", "idx1-ubyte");
        string testImages = Find(directory, "t10k-images", "idx3-ubyte"), testLabels = Find(directory, "t10k-labels", "idx1-ubyte");
        return (LoadFiles(trainImages, trainLabels, normalization), LoadFiles(testImages, testLabels, normalization));
    }

    /// <summary>Loads one file of images with its file of labels, plain or compressed with gzip.</summary>
    /// <param name="imagesPath">Images: IDX, unsigned bytes, count×28×28.</param>
    /// <param name="labelsPath">Labels: IDX, unsigned bytes, as many.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Normalization"/> unless given.</param>
    /// <exception cref="FileNotFoundException">One of the files is not there.</exception>
    /// <exception cref="DataFormatException">A file is damaged or not of the format, or the two do not belong together.</exception>
    public static ByteImageDataset LoadFiles(string imagesPath, string labelsPath, PixelNormalization? normalization = null)
    {
        // The labels come first: they are small, so that the wrong pair of files fails before the images are read.
        IdxFile labelFile = ReadBytes(labelsPath, 1, "a label file (unsigned bytes, one dimension)");
        IdxFile imageFile = ReadBytes(imagesPath, 3, "an image file (unsigned bytes, three dimensions)");
        ReadOnlySpan<int> dimensions = imageFile.Dimensions;
        if (dimensions[1] != Side || dimensions[2] != Side)
            throw new DataFormatException(imagesPath, 8,
                $"expected images of {Side}×{Side} pixels, but these are {dimensions[1]}×{dimensions[2]}; " +
                $"load other sizes with IdxFile and ByteImageDataset.");
        if (dimensions[0] != labelFile.Length)
            throw new DataFormatException(imagesPath, 4,
                $"there are {dimensions[0]} images, but {labelFile.Length} labels in {labelsPath}.");

        int[] labels = labelFile.ToInt32Array();
        int bad = Array.FindIndex(labels, label => label >= Classes);
        if (bad >= 0)
            throw new DataFormatException(labelsPath, 8 + bad, $"expected labels 0 to {Classes - 1}; label {bad} is {labels[bad]}.");
        return new ByteImageDataset(new TensorShape(1, Side, Side), imageFile.ByteArray, labels, Classes, normalization ?? Normalization);
    }

    private static IdxFile ReadBytes(string path, int dimensions, string expectation)
    {
        IdxFile file = IdxFile.Read(path);
        int found = file.Dimensions.Length;
        if (file.ElementType == IdxElementType.UInt8 && found == dimensions) return file;

        string looksLike = (file.ElementType, found) switch
        {
            (IdxElementType.UInt8, 1) => " It looks like a label file; pass the images first, then the labels.",
            (IdxElementType.UInt8, 3) => " It looks like an image file; pass the images first, then the labels.",
            _ => "",
        };
        throw new DataFormatException(path, 2,
            $"expected {expectation}; this one has {file.ElementType} elements and {found} {(found == 1 ? "dimension" : "dimensions")}.{looksLike}");
    }

    private static string Find(string directory, string name, string type) =>
        DataDirectory.Find(directory, [$"{name}-{type}", $"{name}-{type}.gz", $"{name}.{type}", $"{name}.{type}.gz"]);
}
