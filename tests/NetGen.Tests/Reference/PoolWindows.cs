namespace NetGen.Tests.Reference;

/// <summary>The windows of a pool as PyTorch's documentation defines them.</summary>
internal sealed record PoolWindows(
    TensorShape Input, int KernelH, int KernelW, int StrideH, int StrideW, int PaddingH, int PaddingW, bool CeilMode)
{
    public TensorShape Output => new(
        Input.Channels,
        Outputs(Input.Height, KernelH, StrideH, PaddingH),
        Outputs(Input.Width, KernelW, StrideW, PaddingW));

    /// <summary>Every window of every channel, in the order of the output.</summary>
    public IEnumerable<PoolWindow> All()
    {
        for (int channel = 0; channel < Input.Channels; channel++)
        {
            for (int y = 0; y < Output.Height; y++)
            {
                for (int x = 0; x < Output.Width; x++)
                {
                    yield return WindowAt(channel, y, x);
                }
            }
        }
    }

    private PoolWindow WindowAt(int channel, int outputY, int outputX)
    {
        int top = outputY * StrideH - PaddingH, left = outputX * StrideW - PaddingW;
        List<int> elements = [];
        for (int y = top; y < top + KernelH; y++)
        {
            for (int x = left; x < left + KernelW; x++)
            {
                if (y >= 0 && y < Input.Height && x >= 0 && x < Input.Width)
                {
                    elements.Add((channel * Input.Height + y) * Input.Width + x);
                }
            }
        }

        // What ceil mode reaches beyond the padding is not counted.
        int rows = Math.Min(top + KernelH, Input.Height + PaddingH) - top;
        int columns = Math.Min(left + KernelW, Input.Width + PaddingW) - left;
        return new PoolWindow(elements, rows * columns);
    }

    private int Outputs(int size, int kernel, int stride, int padding)
    {
        double positions = (double)(size + 2 * padding - kernel) / stride;
        int outputs = (int)(CeilMode ? Math.Ceiling(positions) : Math.Floor(positions)) + 1;

        // A window that would begin in the padding on the right is left out.
        return CeilMode && (outputs - 1) * stride >= size + padding ? outputs - 1 : outputs;
    }
}

/// <summary>The elements under a window, row by row, and how many elements it has with the padding.</summary>
internal sealed record PoolWindow(IReadOnlyList<int> Elements, int PaddedCount);
