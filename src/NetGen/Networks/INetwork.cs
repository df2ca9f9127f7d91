namespace NetGen;

/// <summary>
/// What every class with <c>[Network]</c> implements, so that generic code can create, load, save and run a network it knows only as a
/// type argument. The class itself has the lengths and counts as public constants and the methods as public methods; the shapes and
/// <see cref="Create"/> are reachable through generic code only (<c>TNetwork.InputShape</c>).
/// </summary>
/// <typeparam name="TSelf">The network class.</typeparam>
public interface INetwork<TSelf>
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Shape of the input: channels × height × width.</summary>
    static abstract TensorShape InputShape { get; }

    /// <summary>Shape of the output.</summary>
    static abstract TensorShape OutputShape { get; }

    /// <summary>Number of values <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> reads.</summary>
    static abstract int InputLength { get; }

    /// <summary>Number of values <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> writes.</summary>
    static abstract int OutputLength { get; }

    /// <summary>Number of values in all trained parameters together; running averages are not counted.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>Multiply-adds of one prediction.</summary>
    static abstract long MultiplyAdds { get; }

    /// <summary>Bytes of scratch memory that one prediction needs; the same on every machine.</summary>
    static abstract long WorkspaceBytes { get; }

    /// <summary>Bytes of scratch memory that <see cref="PredictBatch(ReadOnlySpan{float}, Span{float}, int)"/> needs on one thread; the same on every machine.</summary>
    static abstract long BatchWorkspaceBytes { get; }

    /// <summary>Bytes of scratch memory that each thread more needs, of those that work on a prediction together.</summary>
    static abstract long ThreadBytes { get; }

    /// <summary>
    /// Bytes of memory that the weights of one network object take: the parameters, and what is derived from them for prediction once it
    /// has predicted; the same on every machine.
    /// </summary>
    static abstract long WeightBytes { get; }

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="seed">The same seed gives the same bits on every platform.</param>
    static abstract TSelf Create(int seed);

    /// <summary>Makes a network with the weights of a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightsFormatException">The file is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The file is of another network.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    static abstract TSelf Load(string path);

    /// <summary>Makes a network with the weights of a safetensors stream, read from its position to its end.</summary>
    /// <param name="stream">The stream; it need not be seekable and stays open.</param>
    /// <exception cref="WeightsFormatException">The stream is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The stream is of another network.</exception>
    static abstract TSelf Load(Stream stream);

    /// <summary>Saves the weights as safetensors with PyTorch's names and layouts. A failed save leaves a file that was there as it was.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <exception cref="IOException">The directory does not exist, the path is a directory, or writing fails.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be created in the directory.</exception>
    void Save(string path);

    /// <summary>Saves the weights as safetensors with PyTorch's names and layouts.</summary>
    /// <param name="stream">The stream to write to; it stays open.</param>
    void Save(Stream stream);

    /// <summary>Computes the output for one input. Safe from many threads at once; allocates nothing once warm.</summary>
    /// <param name="input">One input, channel by channel, row by row: <c>InputLength</c> values.</param>
    /// <param name="output">Receives <c>OutputLength</c> values.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the two overlap.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the output for one input in the caller's scratch memory.</summary>
    /// <param name="input">One input, channel by channel, row by row: <c>InputLength</c> values.</param>
    /// <param name="output">Receives <c>OutputLength</c> values.</param>
    /// <param name="workspace">Scratch memory and threads: <see cref="Workspace.For"/>; for one call at a time.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, the two overlap, or the workspace is too small.</exception>
    /// <exception cref="InvalidOperationException">Another call is using <paramref name="workspace"/>.</exception>
    /// <exception cref="ObjectDisposedException">The workspace has several threads and was disposed of.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace);

    /// <summary>
    /// Computes the outputs for a batch, faster than one by one where there are matrix products: their weights are read once for several
    /// images. Safe from many threads at once; allocates nothing once warm.
    /// </summary>
    /// <param name="inputs">The inputs, one after the other: <paramref name="count"/> × <c>InputLength</c> values.</param>
    /// <param name="outputs">Receives <paramref name="count"/> × <c>OutputLength</c> values.</param>
    /// <param name="count">Number of images; 0 does nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ArgumentException">A span has the wrong length, or the two overlap.</exception>
    void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);

    /// <summary>Computes the outputs for a batch in the caller's scratch memory.</summary>
    /// <param name="inputs">The inputs, one after the other: <paramref name="count"/> × <c>InputLength</c> values.</param>
    /// <param name="outputs">Receives <paramref name="count"/> × <c>OutputLength</c> values.</param>
    /// <param name="count">Number of images; 0 does nothing.</param>
    /// <param name="workspace">Scratch memory and threads: <see cref="Workspace.ForBatches"/>; for one call at a time.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ArgumentException">A span has the wrong length, the two overlap, or the workspace is too small.</exception>
    /// <exception cref="InvalidOperationException">Another call is using <paramref name="workspace"/>.</exception>
    /// <exception cref="ObjectDisposedException">The workspace has several threads and was disposed of.</exception>
    void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count, Workspace workspace);

    /// <summary>The class of one input: the index of the greatest output, or, of a network with one output that tells two classes apart, 0 or 1.</summary>
    /// <param name="input">One input: <c>InputLength</c> values.</param>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    int Classify(ReadOnlySpan<float> input);

    /// <summary>
    /// Predicts one input and gives the output of every layer: for looking into a network, not for speed. It allocates them, and computes again
    /// what a prediction leaves out because a kernel does two layers at once. Safe from many threads at once, beside predictions too.
    /// </summary>
    /// <param name="input">One input, channel by channel, row by row: <c>InputLength</c> values.</param>
    /// <returns>The outputs by the layers' names, in the order of declaration.</returns>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    ActivationSet Activations(ReadOnlySpan<float> input);

    /// <summary>The weights by PyTorch's names, in PyTorch's order and layouts.</summary>
    ParameterSet Parameters { get; }

    /// <summary>
    /// Predicts once, on zeros, so that no later prediction has to wait for code to be compiled, for derived weights or for memory.
    /// </summary>
    void Warmup();
}
