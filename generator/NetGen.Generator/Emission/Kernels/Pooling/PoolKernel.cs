using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>Everything that a pool's kernels depend on, and the loops over windows and their taps that all of them have.</summary>
/// <param name="TakesRange">Whether a kernel computes a range of the planes, channels or blocks of them, or all.</param>
internal sealed record PoolKernel(
    PoolGeometry Geometry, PoolReduction Reduction, VectorWidth Width, UnrollMode Unroll, bool TakesRange = false)
{
    /// <summary>IL instructions of a maximum's tap in backward: two loads, a comparison, two selections, a store.</summary>
    private const int InstructionsPerTap = 4 * CodeBudget.InstructionsPerLoad;

    /// <summary>A window of so few elements is unrolled whatever the user chose: a loop would be as much code.</summary>
    private const int AlwaysUnrolled = 4;

    /// <summary>Whether a window's rows and columns are both unrolled, where nothing clips them.</summary>
    public bool UnrollsWindow => !Geometry.Rows.IsClipped && IsSmall(Geometry.Taps);

    public bool UnrollsColumns => IsSmall(Geometry.Columns.Kernel);

    /// <summary>The factor of a window's result: a constant, the variable that <see cref="EmitScale"/> declares, or null.</summary>
    public string? Scale => Reduction.IsUniform(Geometry) ? Reduction.Scale(Geometry) : "scale";

    /// <summary>The parameters of the range, behind the others.</summary>
    public string RangeParameters => TakesRange ? ", int first, int end" : "";

    /// <summary>The loop over the planes, in blocks or one by one.</summary>
    public string PlaneLoop(string name) => TakesRange
        ? $"for (int {name} = first; {name} < end; {name}++)"
        : $"for (int {name} = 0; {name} < {Geometry.Input.Blocks}; {name}++)";

    /// <summary>Shapes and window for the comment over a kernel.</summary>
    public string Describe(bool gradient)
    {
        TensorView input = Geometry.Input;
        TensorShape from = input.Shape, to = Geometry.Output.Shape;
        string layout = input.Layout == TensorLayout.Blocked ? "blocks of 16 channels" : "planes";
        string windows = Geometry.Window is { } window
            ? $"windows of {window.Describe(window.KernelH, window.KernelW)}"
            : "windows that divide the map";
        string shapes = TakesRange && !gradient ? $"{from.Height}×{from.Width} → {to.Height}×{to.Width}" : $"{from} → {to}";
        string what = $"{Reduction.Description} under {windows}: {shapes}, in {layout}.";
        return gradient ? $"// Gradient of the {LowerFirst(what)}" : $"// {what}";
    }

    public bool IsSmall(int taps) => taps <= AlwaysUnrolled || taps * InstructionsPerTap <= CodeBudget.LoopBody(Unroll);

    /// <summary>Writes the loop over the rows of the output; <c>top</c> and <c>bottom</c> bound the windows' rows.</summary>
    public void ForEachRow(SourceWriter writer, bool needsBounds, Action body)
    {
        using (writer.Open($"for (int oy = 0; oy < {Geometry.Rows.Outputs}; oy++)"))
        {
            if (needsBounds)
            {
                EmitBounds(writer, Geometry.Rows, Geometry.Rows.IsClipped, "oy", "top", "bottom");
            }

            body();
        }
    }

    /// <summary>Writes the loops over a row's windows, those that are clipped at the sides apart.</summary>
    public void ForEachWindow(SourceWriter writer, Action<PoolRange> body)
    {
        foreach (PoolRange range in Geometry.Columns.Ranges)
        {
            using (writer.Open($"for (int ox = {range.First}; ox < {range.End}; ox++)"))
            {
                body(range);
            }
        }
    }

    /// <summary>Declares <c>scale</c>, the factor of the current window's result, where it depends on the window.</summary>
    public void EmitScale(SourceWriter writer)
    {
        if (!Reduction.IsUniform(Geometry))
        {
            writer.Line($"float scale = 1f / ({Reduction.Count(Geometry.Rows, "oy")} * {Reduction.Count(Geometry.Columns, "ox")});");
        }
    }

    /// <summary>
    /// Writes the taps of the window at <c>oy</c>, <c>ox</c> in scan order: unrolled, or as loops over what is inside the map.
    /// </summary>
    /// <param name="tap">Given an index from the map's first element.</param>
    public void ForEachTap(SourceWriter writer, PoolRange range, Action<string> tap)
    {
        PoolAxis rows = Geometry.Rows, columns = Geometry.Columns;
        int row = Geometry.Input.RowStride, pixel = Geometry.Input.PixelStride;
        string firstColumn = Sum(Refs.Times("ox", columns.Stride * pixel), -columns.PadBefore * pixel);
        if (range.IsInside && UnrollsWindow)
        {
            writer.Line($"int window = (oy * {rows.Stride * row}) + ({firstColumn});");
            for (int kh = 0; kh < rows.Kernel; kh++)
            {
                EmitRowTaps("window", kh * row);
            }

            return;
        }

        using (writer.Open("for (int y = top; y < bottom; y++)"))
        {
            if (range.IsInside && UnrollsColumns)
            {
                writer.Line($"int window = (y * {row}) + ({firstColumn});");
                EmitRowTaps("window", 0);
                return;
            }

            EmitBounds(writer, columns, !range.IsInside, "ox", "left", "right");
            using (writer.Open("for (int x = left; x < right; x++)"))
            {
                writer.Line($"int at = (y * {row}) + ({Refs.Times("x", pixel)});");
                tap("at");
            }
        }

        void EmitRowTaps(string start, int offset)
        {
            for (int kw = 0; kw < columns.Kernel; kw++)
            {
                int distance = offset + (kw * pixel);
                tap(distance == 0 ? start : $"{start} + {distance}");
            }
        }
    }

    /// <summary>Whether the taps of some window are loops over its rows.</summary>
    public bool LoopsOverRows => !UnrollsWindow || Geometry.Columns.IsClipped;

    /// <summary>Declares the first row or column of a window, and the one behind its last.</summary>
    public static void EmitBounds(SourceWriter writer, PoolAxis axis, bool clipped, string output, string first, string end)
    {
        if (axis.IsAdaptive)
        {
            (string begin, string behind) = AdaptiveBounds(axis, output);
            writer.Line($"int {first} = {begin};");
            writer.Line($"int {end} = {behind};");
            return;
        }

        string start = Sum($"({Refs.Times(output, axis.Stride)})", -axis.PadBefore);
        string stop = Sum($"({Refs.Times(output, axis.Stride)})", axis.Kernel - axis.PadBefore);
        writer.Line($"int {first} = {(clipped ? $"Math.Max({start}, 0)" : start)};");
        writer.Line($"int {end} = {(clipped ? $"Math.Min({stop}, {axis.Size})" : stop)};");
    }

    /// <summary>Where an adaptive pool's window begins and ends: of products that an int has no room for, in longs.</summary>
    public static (string First, string End) AdaptiveBounds(PoolAxis axis, string output)
    {
        (string start, string end) = ($"{output} * {axis.Size}", $"(({output} + 1) * {axis.Size}) + {axis.Outputs - 1}");
        return ((long)axis.Size + 1) * axis.Outputs <= int.MaxValue
            ? ($"({start}) / {axis.Outputs}", $"({end}) / {axis.Outputs}")
            : ($"(int)((long){start} / {axis.Outputs})", $"(int)(((({output} + 1L) * {axis.Size}) + {axis.Outputs - 1}) / {axis.Outputs})");
    }

    private static string Sum(string term, int constant) => constant switch
    {
        0 => term,
        < 0 => $"{term} - {-constant}",
        _ => $"{term} + {constant}",
    };

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text.Substring(1);
}
