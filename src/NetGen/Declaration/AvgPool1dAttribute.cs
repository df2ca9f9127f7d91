namespace NetGen;

/// <summary>The mean under each window of a sequence, C×1×L to C×1×L' (PyTorch's <c>AvgPool1d</c>).</summary>
/// <param name="kernelSize">Elements of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool1dAttribute(int kernelSize) : LayerAttribute
{
    /// <summary>Elements of the window.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>The step of the window. The default is the window's size.</summary>
    public int Stride { get; set; } = kernelSize;

    /// <summary>Zeros at both ends, at most half the window. The default is 0.</summary>
    public int Padding { get; set; }

    /// <summary>Whether the number of positions is rounded up rather than down; the last window still starts inside the sequence or its border. The default is false.</summary>
    public bool CeilMode { get; set; }

    /// <summary>Whether the zeros of the padding are counted as elements of the window. The default is true.</summary>
    public bool CountIncludePad { get; set; } = true;
}
