namespace NetGen;

/// <summary>
/// A convolution over a sequence, C×1×L to outChannels×1×L', with L' = ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1
/// (PyTorch's <c>Conv1d</c>). Parameters: <c>weight</c> [outChannels, C / groups, kernelSize] and <c>bias</c> [outChannels].
/// </summary>
/// <param name="outChannels">Channels of the result, which is the number of filters.</param>
/// <param name="kernelSize">Elements of a filter.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1dAttribute(int outChannels, int kernelSize) : LayerAttribute
{
    /// <summary>Channels of the result.</summary>
    public int OutChannels { get; } = outChannels;

    /// <summary>Elements of a filter.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>The step of the window. The default is 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Zeros at both ends of the sequence. The default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>
    /// Whether the sequence is padded so that the result has ⌈L / stride⌉ positions; where the zeros do not divide evenly, the odd one is at
    /// the end. It excludes <see cref="Padding"/>. The default is false.
    /// </summary>
    public bool SamePadding { get; set; }

    /// <summary>The distance between neighbouring taps of a filter. The default is 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The number of groups that the channels are divided into; it divides both channel counts. The default is 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a bias is added to each channel of the result. The default is true.</summary>
    public bool Bias { get; set; } = true;
}
