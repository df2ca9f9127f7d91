namespace NetGen;

/// <summary>
/// Handwritten-looking digits drawn by the library itself, in MNIST's form (1×28×28, 10 classes), so that examples and tests need no
/// download.
/// </summary>
/// <remarks>
/// Each digit is written in one of several hands, as strokes with random slant, size, pen width, rotation, shift, elastic warp and noise.
/// Image <c>i</c> depends on the seed and <c>i</c> alone: a longer dataset starts with the images of a shorter one, and the bytes are the
/// same on every platform.
/// </remarks>
public static class SyntheticDigits
{
    private const int Side = DigitPainter.Side, Pixels = Side * Side, Classes = 10;

    // Streams that neither parameters nor shuffling use; no training set is large enough to reach the test images'.
    private const ulong FirstTrainStream = 2UL << 40, FirstTestStream = 3UL << 40;

    /// <summary>Draws digits.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Other seeds give other digits.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Mnist.Normalization"/> unless given, so that models serve both.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive, or so large that the images exceed 2 GB.</exception>
    public static ByteImageDataset Create(int count, int seed, PixelNormalization? normalization = null) =>
        Draw(count, seed, FirstTrainStream, normalization);

    /// <summary>Draws a training and a test set that share no image.</summary>
    /// <param name="trainCount">How many to train with.</param>
    /// <param name="testCount">How many to test with.</param>
    /// <param name="seed">Other seeds give other digits.</param>
    /// <param name="normalization">How pixels become inputs; <see cref="Mnist.Normalization"/> unless given, so that models serve both.</param>
    /// <returns>The training images, the same as <see cref="Create"/>'s, and the test images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is not positive, or so large that the images exceed 2 GB.</exception>
    public static (ByteImageDataset Train, ByteImageDataset Test) Load(
        int trainCount = 10_000, int testCount = 2_000, int seed = 0, PixelNormalization? normalization = null) =>
        (Draw(trainCount, seed, FirstTrainStream, normalization), Draw(testCount, seed, FirstTestStream, normalization));

    private static ByteImageDataset Draw(int count, int seed, ulong firstStream, PixelNormalization? normalization)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Pixels);
        var pixels = new byte[count * Pixels];
        var labels = new int[count];
        var painter = new DigitPainter();
        for (int i = 0; i < count; i++)
        {
            var random = new RandomStream(seed, firstStream + (ulong)i);
            labels[i] = random.NextInt(Classes);
            painter.Draw(labels[i], ref random, pixels.AsSpan(i * Pixels, Pixels));
        }
        return new ByteImageDataset(new TensorShape(1, Side, Side), pixels, labels, Classes, normalization ?? Mnist.Normalization);
    }
}
