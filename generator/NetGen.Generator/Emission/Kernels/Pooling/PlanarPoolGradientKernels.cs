using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>
/// Prints the gradients of pools over planes: vectors along the width where windows of 2×2 lie side by side, else window by window.
/// </summary>
internal static class PlanarPoolGradientKernels
{
    public static void Emit(SourceWriter writer, string method, PoolKernel kernel)
    {
        PoolGeometry geometry = kernel.Geometry;
        writer.Line(kernel.Describe(gradient: true));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}({PoolEmitter.GradientParameters(kernel.Reduction)}{kernel.RangeParameters})"))
        {
            if (!geometry.IsHalving && !kernel.TakesRange)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {geometry.Input.Floats}).Clear();");
            }

            using (writer.Open(kernel.PlaneLoop("c")))
            {
                EmitChannel(writer, "mapGradient", "inputGradient", geometry.Input);
                EmitChannel(writer, "resultGradient", "outputGradient", geometry.Output);
                if (kernel.Reduction.ReadsValues)
                {
                    EmitChannel(writer, "map", "input", geometry.Input);
                    EmitChannel(writer, "result", "output", geometry.Output);
                }

                if (!geometry.IsHalving && kernel.TakesRange)
                {
                    writer.Line($"MemoryMarshal.CreateSpan(ref mapGradient, {geometry.Input.BlockStride}).Clear();");
                }

                if (geometry.IsHalving)
                {
                    EmitHalving(writer, kernel);
                }
                else
                {
                    EmitWindows(writer, kernel);
                }
            }
        }
    }

    private static void EmitChannel(SourceWriter writer, string name, string @base, TensorView view) =>
        writer.Line($"ref float {name} = ref {Refs.At(@base, Refs.Times("c", view.BlockStride), view.Origin)};");

    private static void EmitWindows(SourceWriter writer, PoolKernel kernel) =>
        kernel.ForEachRow(writer, kernel.LoopsOverRows, () => kernel.ForEachWindow(writer, range =>
        {
            string window = $"(oy * {kernel.Geometry.Output.RowStride}) + ox";
            kernel.EmitScale(writer);
            kernel.Reduction.EmitScalarGradientStart(writer, Refs.At("result", window), Refs.At("resultGradient", window), kernel.Scale);
            kernel.ForEachTap(writer, range, index => kernel.Reduction.EmitScalarGradientTap(writer, index));
            kernel.Reduction.EmitScalarGradientEnd(writer);
        }));

    /// <summary>Two rows at a time, each vector of windows over two vectors of columns.</summary>
    private static void EmitHalving(SourceWriter writer, PoolKernel kernel)
    {
        PoolGeometry geometry = kernel.Geometry;
        VectorWidth width = kernel.Width;
        int stride = geometry.Input.RowStride;
        kernel.ForEachRow(writer, needsBounds: false, () =>
        {
            writer.Line($"ref float rowGradients = ref {Refs.At("mapGradient", $"oy * {2 * stride}")};");
            if (kernel.Reduction.ReadsValues)
            {
                writer.Line($"ref float rows = ref {Refs.At("map", $"oy * {2 * stride}")};");
            }

            Lanes.ForEachVector(writer, width, geometry.Columns.Outputs, "ox", (index, offset, count) =>
            {
                string window = $"(oy * {geometry.Output.RowStride}){(index is null ? "" : $" + {index}")}";
                writer.Line($"{width.Type} gradients = {width.Load(Refs.At("resultGradient", window, offset))};");
                if (kernel.Reduction.ReadsValues)
                {
                    writer.Line($"{width.Type} values = {width.Load(Refs.At("result", window, offset))};");
                }

                // The second half may have no window: nothing is there to be written then.
                for (int half = 0; half < 2 && half * width.Lanes / 2 < count; half++)
                {
                    int start = (2 * offset) + (half * width.Lanes);
                    IEnumerable<(ElementRef, ElementRef)> rows = new[] { start, start + stride }
                        .Select(row => (Refs.At("rows", index, 2, row), Refs.At("rowGradients", index, 2, row)));
                    using (writer.Open())
                    {
                        kernel.Reduction.EmitHalvingGradient(writer, width, half, rows.ToArray());
                    }
                }
            });
            if (!geometry.Columns.CoversAll)
            {
                writer.Line($"{Refs.At("rowGradients", geometry.Columns.Span)} = 0f;");
                writer.Line($"{Refs.At("rowGradients", stride + geometry.Columns.Span)} = 0f;");
            }
        });
        if (!geometry.Rows.CoversAll)
        {
            string lastRow = Refs.At("mapGradient", geometry.Rows.Span * stride);
            writer.Line($"MemoryMarshal.CreateSpan(ref {lastRow}, {geometry.Input.Shape.Width}).Clear();");
        }
    }
}
