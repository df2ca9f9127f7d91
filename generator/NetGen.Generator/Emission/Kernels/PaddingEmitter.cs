using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes zeros where a view has room but no element, for kernels that sum whole vectors.</summary>
internal static class PaddingEmitter
{
    /// <summary>Clears the columns between a planar row's last element and its pitch, or the lanes behind a blocked pixel's last channel.</summary>
    public static void EmitClear(StepWriter step, TensorView view, string reference)
    {
        if (view.Layout == TensorLayout.Planar)
        {
            int width = view.Shape.Width;
            EmitClear(step, reference, "columns", view.Floats / view.RowStride, view.RowStride, width, 0);
        }
        else if (view.Layout == TensorLayout.Blocked)
        {
            int channels = view.Shape.Channels % TensorView.Block;
            int pixels = view.Shape.Height * view.Shape.Width;
            EmitClear(step, reference, "lanes", pixels, TensorView.Block, channels == 0 ? TensorView.Block : channels, (view.Blocks - 1) * view.BlockStride);
        }
    }

    private static void EmitClear(StepWriter step, string reference, string gaps, int rows, int pitch, int width, int start)
    {
        int gap = pitch - width;
        if (gap == 0)
        {
            return;
        }

        string stem = $"Clear{char.ToUpperInvariant(gaps[0])}{gaps.Substring(1)}_{rows}x{width}";
        string name = step.Kernels.GetOrAdd(("clear", gaps, rows, pitch, width), stem, (writer, method) =>
        {
            writer.Line($"// Clears the {gap} {gaps} behind each {width} of {rows} rows.");
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Open($"private static void {method}(ref float rows)"))
            using (writer.Open($"for (int row = 0; row < {rows}; row++)"))
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("rows", $"(row * {pitch})", width)}, {gap}).Clear();");
            }
        });
        step.Writer.Line($"{name}(ref {Refs.At(reference, start)});");
    }
}
