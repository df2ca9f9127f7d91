namespace NetGen.CompilerServices;

/// <summary>A convolution's window. What is behind the input follows from the size of the output.</summary>
internal readonly record struct PlainWindow(int KernelH, int KernelW)
{
    public int StrideH { get; init; } = 1;

    public int StrideW { get; init; } = 1;

    public int PadTop { get; init; }

    public int PadLeft { get; init; }

    public int DilationH { get; init; } = 1;

    public int DilationW { get; init; } = 1;

    public int Taps => KernelH * KernelW;

    /// <summary>Where in a plane of the input the tap of a window lies; −1 where it is in the padding.</summary>
    /// <param name="input">Shape of the input.</param>
    /// <param name="y">Row of the output.</param>
    /// <param name="x">Column of the output.</param>
    /// <param name="tap">The tap, row by row.</param>
    public int Place(TensorShape input, int y, int x, int tap)
    {
        int row = (y * StrideH) - PadTop + (tap / KernelW * DilationH);
        int column = (x * StrideW) - PadLeft + (tap % KernelW * DilationW);
        return (uint)row < (uint)input.Height && (uint)column < (uint)input.Width ? (row * input.Width) + column : -1;
    }
}
