namespace NetGen;

/// <summary>
/// A loss of the caller's own, for one image of a batch. The loss of the batch is the mean over its images, and the trainer divides the
/// gradients by their number accordingly.
/// </summary>
/// <remarks>With a degree of parallelism above 1 it is called from several threads at once, each with another image.</remarks>
/// <param name="index">The image's index in the batch.</param>
/// <param name="output">The network's output before the softmax or sigmoid that its declared loss contains, <c>OutputLength</c> values.</param>
/// <param name="outputGradient">Receives the derivatives of this image's loss by its outputs; zero to begin with.</param>
/// <returns>The image's loss.</returns>
public delegate float LossFunction(int index, ReadOnlySpan<float> output, Span<float> outputGradient);
