using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule.Pooling;

/// <summary>A pool with the views that its kernels read and write.</summary>
/// <param name="Window">Null for an adaptive pool.</param>
internal sealed record PoolGeometry(Window2d? Window, TensorView Input, TensorView Output)
{
    public PoolAxis Rows { get; } = Window is null
        ? PoolAxis.Adaptive(Input.Shape.Height, Output.Shape.Height)
        : new(Input.Shape.Height, Output.Shape.Height, Window.KernelH, Window.StrideH, Window.PadTop, Window.PadBottom);

    public PoolAxis Columns { get; } = Window is null
        ? PoolAxis.Adaptive(Input.Shape.Width, Output.Shape.Width)
        : new(Input.Shape.Width, Output.Shape.Width, Window.KernelW, Window.StrideW, Window.PadLeft, Window.PadRight);

    public bool IsBlocked => Input.Layout == TensorLayout.Blocked;

    public int Taps => Rows.Kernel * Columns.Kernel;

    /// <summary>Whether an input can be under several windows, so that their gradients are to be added.</summary>
    public bool Overlaps => Rows.Overlaps || Columns.Overlaps;

    /// <summary>Whether backward clears the gradient before it writes.</summary>
    public bool ClearsFirst => Overlaps || !Rows.CoversAll || !Columns.CoversAll;

    /// <summary>Whether it halves a map, 2×2 elements to one, and at most the last row and column are left over.</summary>
    public bool IsHalving =>
        Window is { KernelH: 2, KernelW: 2, StrideH: 2, StrideW: 2 } && !Rows.IsClipped && !Columns.IsClipped
        && Rows.Size - Rows.Span <= 1 && Columns.Size - Columns.Span <= 1;

    /// <summary>Its shape in a kernel's name: <c>16x10x10_k2</c>.</summary>
    public string Name => $"{Input.Shape.Channels}x{NameWithoutChannels}";

    /// <summary>The same whatever the number of channels: <c>10x10_k2</c>.</summary>
    public string NameWithoutChannels
    {
        get
        {
            string map = $"{Input.Shape.Height}x{Input.Shape.Width}";
            return Window is null
                ? $"{map}_to_{Output.Shape.Height}x{Output.Shape.Width}"
                : map + Suffix("k", Window.KernelH, Window.KernelW)
                    + (Window.StrideH == Window.KernelH && Window.StrideW == Window.KernelW ? "" : Suffix("s", Window.StrideH, Window.StrideW))
                    + (Window.PadTop == 0 && Window.PadLeft == 0 ? "" : Suffix("p", Window.PadTop, Window.PadLeft));
        }
    }

    public static TensorView OutputView(TensorView input, TensorShape output) =>
        input.Layout == TensorLayout.Blocked ? TensorView.Blocked(output) : TensorView.Planar(output);

    private static string Suffix(string letter, int vertical, int horizontal) =>
        vertical == horizontal ? $"_{letter}{vertical}" : $"_{letter}{vertical}x{horizontal}";
}
