namespace NetGen;

/// <summary>
/// A network that also takes images as bytes: one whose <see cref="InputAttribute">[Input]</see> sets <c>Layout</c>, <c>Mean</c> or
/// <c>Std</c>, which say how the bytes lie and what they mean.
/// </summary>
/// <typeparam name="TSelf">The network class.</typeparam>
public interface IImageNetwork<TSelf> : INetwork<TSelf>
    where TSelf : class, IImageNetwork<TSelf>
{
    /// <summary>Computes the output for one image. Safe from many threads at once; allocates nothing once warm.</summary>
    /// <param name="image">One image as <c>[Input]</c> says it lies: <c>InputLength</c> bytes.</param>
    /// <param name="output">Receives <c>OutputLength</c> values.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the two overlap.</exception>
    void Predict(ReadOnlySpan<byte> image, Span<float> output);

    /// <summary>Computes the output for one image in the caller's scratch memory.</summary>
    /// <param name="image">One image as <c>[Input]</c> says it lies: <c>InputLength</c> bytes.</param>
    /// <param name="output">Receives <c>OutputLength</c> values.</param>
    /// <param name="workspace">At least <c>WorkspaceBytes</c> of scratch memory, for one call at a time.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, the two overlap, or the workspace is too small.</exception>
    /// <exception cref="InvalidOperationException">Another call is using <paramref name="workspace"/>.</exception>
    void Predict(ReadOnlySpan<byte> image, Span<float> output, Workspace workspace);

    /// <summary>The class of one image: the index of the greatest output, or, of a network with one output that tells two classes apart, 0 or 1.</summary>
    /// <param name="image">One image: <c>InputLength</c> bytes.</param>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    int Classify(ReadOnlySpan<byte> image);
}
