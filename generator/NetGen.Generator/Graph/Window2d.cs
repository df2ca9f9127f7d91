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

    /// <summary>The window as a layer's description ends: <c>5×5, stride 2, padding 2</c>.</summary>
    /// <param name="usualStrideH">The stride that goes without saying.</param>
    /// <param name="usualStrideW">The stride along a row that goes without saying.</param>
    public string Describe(int usualStrideH, int usualStrideW)
    {
        string text = $"{KernelH}×{KernelW}";
        if (StrideH != usualStrideH || StrideW != usualStrideW)
        {
            text += $", stride {TextOf.Pair(StrideH, StrideW)}";
        }

        if (PadTop != PadBottom || PadLeft != PadRight)
        {
            text += $", padding {PadTop}+{PadBottom}×{PadLeft}+{PadRight}";
        }
        else if (PadTop != 0 || PadLeft != 0)
        {
            text += $", padding {TextOf.Pair(PadTop, PadLeft)}";
        }

        if (DilationH != 1 || DilationW != 1)
        {
            text += $", dilation {TextOf.Pair(DilationH, DilationW)}";
        }

        return CeilMode ? text + ", ceil" : text;
    }

    /// <summary>The window over a sequence as a layer's description ends: <c>5, stride 2, padding 2</c>.</summary>
    /// <param name="usualStride">The stride that goes without saying.</param>
    public string DescribeRow(int usualStride)
    {
        string padding = PadLeft != PadRight ? $", padding {PadLeft}+{PadRight}" : PadLeft != 0 ? $", padding {PadLeft}" : "";
        return $"{KernelW}" + (StrideW == usualStride ? "" : $", stride {StrideW}") + padding
            + (DilationW == 1 ? "" : $", dilation {DilationW}") + (CeilMode ? ", ceil" : "");
    }

    /// <summary>
    /// The same window without numbers that change nothing: a stride that is never taken, since there is one position along its axis,
    /// and the dilation of a single row or column. Whatever they were, they take no part in offsets and sizes then.
    /// </summary>
    /// <param name="output">The shape of the result.</param>
    /// <param name="idleStrideH">The most that a stride that is never taken may be.</param>
    /// <param name="idleStrideW">The most that one along a row may be.</param>
    public Window2d Canonical(TensorShape output, int idleStrideH, int idleStrideW) => this with
    {
        StrideH = output.Height == 1 ? Math.Min(StrideH, idleStrideH) : StrideH,
        StrideW = output.Width == 1 ? Math.Min(StrideW, idleStrideW) : StrideW,
        DilationH = KernelH == 1 ? 1 : DilationH,
        DilationW = KernelW == 1 ? 1 : DilationW,
    };

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
