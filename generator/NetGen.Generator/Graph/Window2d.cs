namespace NetGen.Generator.Graph;

/// <summary>How a window slides over a feature map, in convolutions and pools; PyTorch's arithmetic.</summary>
internal sealed record Window2d(
    int KernelH,
    int KernelW,
    int StrideH,
    int StrideW,
    int PadTop,
    int PadBottom,
    int PadLeft,
    int PadRight,
    int DilationH = 1,
    int DilationW = 1,
    bool CeilMode = false)
{
    /// <summary>Rows that the window spans: (kernel − 1) · dilation + 1.</summary>
    public long ExtentH => ((long)(KernelH - 1) * DilationH) + 1;

    public long ExtentW => ((long)(KernelW - 1) * DilationW) + 1;

    public int OutputHeight(int height) => Positions(height, PadTop, PadBottom, ExtentH, StrideH);

    public int OutputWidth(int width) => Positions(width, PadLeft, PadRight, ExtentW, StrideW);

    private int Positions(long size, long before, long after, long extent, long stride)
    {
        long span = size + before + after - extent;
        if (span < 0)
        {
            return 0;
        }

        long positions = ((CeilMode ? span + stride - 1 : span) / stride) + 1;

        // A window of ceil mode must start inside the image or its left padding.
        if (CeilMode && (positions - 1) * stride >= size + before)
        {
            positions--;
        }

        return (int)Math.Min(positions, int.MaxValue);
    }
}
