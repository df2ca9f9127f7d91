using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Upsampling;

/// <summary>Everything that the kernels of bilinear upsampling depend on.</summary>
/// <param name="TakesRange">Whether a forward kernel computes a range of the planes, channels or blocks of them, or all.</param>
internal sealed record BilinearKernel(
    TensorView Small, TensorView Large, InterpolationAxis Rows, InterpolationAxis Columns, VectorWidth Width, bool TakesRange)
{
    public string Name => $"{Small.Shape.Channels}x{Small.Shape.Height}x{Small.Shape.Width}_to_{Large.Shape.Height}x{Large.Shape.Width}"
        + (Rows.AlignCorners ? "_corners" : "");

    public string RangeParameters => TakesRange ? ", int first, int end" : "";

    public string PlaneLoop(string name) => TakesRange
        ? $"for (int {name} = first; {name} < end; {name}++)"
        : $"for (int {name} = 0; {name} < {Small.Blocks}; {name}++)";
}

/// <summary>
/// Prints bilinear upsampling and its gradient. Over blocks of channels a vector holds one pixel's channels. Over planes the two rows
/// around an output row become one in scratch memory, by vectors, and its elements are then read one by one; the gradient goes back the same way.
/// </summary>
internal static class BilinearKernels
{
    public static void EmitForward(SourceWriter writer, string method, BilinearKernel kernel)
    {
        EmitHead(writer, kernel, "Bilinear upsampling");
        string scratch = kernel.Small.Layout == TensorLayout.Blocked ? "" : ", ref float scratch";
        using (writer.Open($"internal static void {method}(ref float input, ref float output{scratch}{kernel.RangeParameters})"))
        {
            if (kernel.Small.Layout == TensorLayout.Blocked)
            {
                EmitBlocked(writer, kernel, "input", "output", () => EmitBlockedPixel(writer, kernel));
            }
            else
            {
                EmitPlanar(writer, kernel);
            }
        }
    }

    public static void EmitGradient(SourceWriter writer, string method, BilinearKernel kernel)
    {
        EmitHead(writer, kernel, "Gradient of bilinear upsampling");
        string scratch = kernel.Small.Layout == TensorLayout.Blocked ? "" : ", ref float scratch";
        using (writer.Open($"internal static void {method}(ref float outputGradient, ref float inputGradient{scratch})"))
        {
            writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {kernel.Small.Floats}).Clear();");
            if (kernel.Small.Layout == TensorLayout.Blocked)
            {
                EmitBlocked(writer, kernel, "inputGradient", "outputGradient", () => EmitBlockedPixelGradient(writer, kernel));
            }
            else
            {
                EmitPlanarGradient(writer, kernel);
            }
        }
    }

    private static void EmitHead(SourceWriter writer, BilinearKernel kernel, string what)
    {
        string layout = kernel.Small.Layout == TensorLayout.Blocked ? "blocks of 16 channels" : "planes";
        string corners = kernel.Rows.AlignCorners ? ", corners aligned" : "";
        writer.Line($"// {what}{corners}: {kernel.Small.Shape} → {kernel.Large.Shape}, in {layout}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
    }

    /// <summary>Writes the loops over the pixels of the larger map, given the rows of the smaller one around each.</summary>
    private static void EmitBlocked(SourceWriter writer, BilinearKernel kernel, string small, string large, Action body)
    {
        VectorWidth width = kernel.Width;
        using (writer.Open(kernel.PlaneLoop("block")))
        using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
        {
            writer.Line($"ref float map = ref {Refs.At(small, $"(block * {kernel.Small.BlockStride}) + lane", kernel.Small.Origin)};");
            writer.Line($"ref float result = ref {Refs.At(large, $"(block * {kernel.Large.BlockStride}) + lane", kernel.Large.Origin)};");
            using (writer.Open($"for (int oy = 0; oy < {kernel.Rows.Outputs}; oy++)"))
            {
                EmitRows(writer, kernel);
                using (writer.Open($"for (int ox = 0; ox < {kernel.Columns.Outputs}; ox++)"))
                {
                    EmitPosition(writer, kernel.Columns, "ox", "column", "left", "right", "across");
                    body();
                }
            }
        }
    }

    private static void EmitBlockedPixel(SourceWriter writer, BilinearKernel kernel)
    {
        VectorWidth width = kernel.Width;
        int pixel = kernel.Small.PixelStride;
        string Load(string row, string column) => width.Load(Refs.At(row, Refs.Times(column, pixel)));
        writer.Line($"{width.Type} upper = {Load("topRow", "left")};");
        writer.Line($"{width.Type} lower = {Load("bottomRow", "left")};");
        writer.Line($"upper = {width.MultiplyAdd($"{Load("topRow", "right")} - upper", width.Broadcast("across"), "upper")};");
        writer.Line($"lower = {width.MultiplyAdd($"{Load("bottomRow", "right")} - lower", width.Broadcast("across"), "lower")};");
        writer.Line(width.Store(width.MultiplyAdd("lower - upper", width.Broadcast("down"), "upper"), LargePixel(kernel)));
    }

    private static void EmitBlockedPixelGradient(SourceWriter writer, BilinearKernel kernel)
    {
        VectorWidth width = kernel.Width;
        writer.Line($"{width.Type} upper = {width.Load(LargePixel(kernel))};");
        writer.Line($"{width.Type} lower = upper * down;");
        writer.Line("upper -= lower;");
        foreach ((string row, string share) in new[] { ("topRow", "upper"), ("bottomRow", "lower") })
        {
            Add(row, "left", $"({share} - ({share} * across))");
            Add(row, "right", $"({share} * across)");
        }

        // One after the other: at an edge both are the same element.
        void Add(string row, string column, string value)
        {
            ElementRef at = Refs.At(row, Refs.Times(column, kernel.Small.PixelStride));
            writer.Line(width.Store($"{width.Load(at)} + {value}", at));
        }
    }

    private static void EmitPlanar(SourceWriter writer, BilinearKernel kernel)
    {
        VectorWidth width = kernel.Width;
        ForEachPlanarRow(writer, kernel, "input", "output", () =>
        {
            Lanes.ForEachVector(writer, width, kernel.Columns.Size, "x", (index, offset, _) =>
            {
                writer.Line($"{width.Type} upper = {width.Load(Refs.At("topRow", index, 1, offset))};");
                string lower = width.Load(Refs.At("bottomRow", index, 1, offset));
                string between = width.MultiplyAdd($"{lower} - upper", width.Broadcast("down"), "upper");
                writer.Line(width.Store(between, Refs.At("scratch", index, 1, offset)));
            });
            using (writer.Open($"for (int ox = 0; ox < {kernel.Columns.Outputs}; ox++)"))
            {
                EmitPosition(writer, kernel.Columns, "ox", "column", "left", "right", "across");
                writer.Line($"float value = {Refs.At("scratch", "left")};");
                writer.Line($"{Refs.At("resultRow", "ox")} = value + (({Refs.At("scratch", "right")} - value) * across);");
            }

            int gap = kernel.Large.RowStride - kernel.Columns.Outputs;
            if (gap > 0)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("resultRow", kernel.Columns.Outputs)}, {gap}).Clear();");
            }
        });
    }

    private static void EmitPlanarGradient(SourceWriter writer, BilinearKernel kernel)
    {
        VectorWidth width = kernel.Width;
        ForEachPlanarRow(writer, kernel, "inputGradient", "outputGradient", () =>
        {
            writer.Line($"MemoryMarshal.CreateSpan(ref scratch, {TensorView.RoundUp(kernel.Columns.Size)}).Clear();");
            using (writer.Open($"for (int ox = 0; ox < {kernel.Columns.Outputs}; ox++)"))
            {
                EmitPosition(writer, kernel.Columns, "ox", "column", "left", "right", "across");
                writer.Line($"float gradient = {Refs.At("resultRow", "ox")};");
                writer.Line("float share = gradient * across;");
                writer.Line($"{Refs.At("scratch", "left")} += gradient - share;");
                writer.Line($"{Refs.At("scratch", "right")} += share;");
            }

            Lanes.ForEachVector(writer, width, kernel.Columns.Size, "x", (index, offset, _) =>
            {
                string top = Refs.At("topRow", index, 1, offset), bottom = Refs.At("bottomRow", index, 1, offset);
                writer.Line($"{width.Type} upper = {width.Load(Refs.At("scratch", index, 1, offset))};");
                writer.Line($"{width.Type} lower = upper * down;");
                writer.Line(width.Store($"{width.Load(top)} + (upper - lower)", top));
                writer.Line(width.Store($"{width.Load(bottom)} + lower", bottom));
            });
        });
    }

    private static void ForEachPlanarRow(SourceWriter writer, BilinearKernel kernel, string small, string large, Action body)
    {
        using (writer.Open(kernel.PlaneLoop("c")))
        {
            writer.Line($"ref float map = ref {Refs.At(small, $"c * {kernel.Small.BlockStride}", kernel.Small.Origin)};");
            writer.Line($"ref float result = ref {Refs.At(large, $"c * {kernel.Large.BlockStride}", kernel.Large.Origin)};");
            using (writer.Open($"for (int oy = 0; oy < {kernel.Rows.Outputs}; oy++)"))
            {
                EmitRows(writer, kernel);
                writer.Line($"ref float resultRow = ref {Refs.At("result", $"oy * {kernel.Large.RowStride}")};");
                body();
            }
        }
    }

    private static void EmitRows(SourceWriter writer, BilinearKernel kernel)
    {
        EmitPosition(writer, kernel.Rows, "oy", "row", "top", "bottom", "down");
        writer.Line($"ref float topRow = ref {Refs.At("map", $"top * {kernel.Small.RowStride}")};");
        writer.Line($"ref float bottomRow = ref {Refs.At("map", $"bottom * {kernel.Small.RowStride}")};");
    }

    /// <summary>Declares the elements before and behind an output's position, and the share of the one behind.</summary>
    private static void EmitPosition(
        SourceWriter writer, InterpolationAxis axis, string output, string position, string before, string behind, string share)
    {
        string type = axis.IsLong ? "long" : "int", cast = axis.IsLong ? "(int)" : "";
        string product = $"{output} * {axis.Step}{(axis.IsLong ? "L" : "")}";
        writer.Line($"{type} {position} = {(axis.Start < 0 ? $"Math.Max(({product}) - {-axis.Start}, 0)" : product)};");
        writer.Line($"int {before} = {cast}({position} / {axis.Denominator});");
        writer.Line($"int {behind} = Math.Min({before} + 1, {axis.Size - 1});");
        writer.Line($"float {share} = ({position} % {axis.Denominator}) * {Literals.Float(1.0 / axis.Denominator)};");
    }

    private static string LargePixel(BilinearKernel kernel) =>
        Refs.At("result", $"(oy * {kernel.Large.RowStride}) + (ox * {kernel.Large.PixelStride})");
}
