using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes zeros where a view has room but no element, for kernels that sum whole vectors.</summary>
internal static class PaddingEmitter
{
    /// <summary>Clears the columns between a planar row's last element and its pitch.</summary>
    public static void EmitClearColumns(StepWriter step, TensorView view, string reference)
    {
        int width = view.Shape.Width, columns = view.RowStride - width;
        if (view.Layout != TensorLayout.Planar || columns == 0)
        {
            return;
        }

        int rows = view.Floats / view.RowStride;
        string name = step.Kernels.GetOrAdd(("clear columns", rows, width, columns), $"ClearColumns_{rows}x{width}", (writer, method) =>
        {
            writer.Line($"// Clears the {columns} columns behind each of {rows} rows of {width}.");
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Open($"internal static void {method}(ref float rows)"))
            using (writer.Open($"for (int row = 0; row < {rows}; row++)"))
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("rows", $"(row * {view.RowStride})", width)}, {columns}).Clear();");
            }
        });
        step.Writer.Line($"{name}(ref {reference});");
    }

    /// <summary>
    /// Clears the lanes behind the channels of a gradient that has one pixel: it passes for a vector, and who writes those writes
    /// only their elements.
    /// </summary>
    public static void EmitClearLanes(StepWriter step, TensorView view, string reference)
    {
        int channels = view.Shape.Channels, lanes = TensorView.RoundUp(channels) - channels;
        if (view.Layout == TensorLayout.Blocked && view.Shape.Height * view.Shape.Width == 1 && lanes > 0)
        {
            step.Writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At(reference, channels)}, {lanes}).Clear();");
        }
    }
}
