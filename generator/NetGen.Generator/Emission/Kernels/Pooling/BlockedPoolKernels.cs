using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>Prints pools over blocks of channels: a vector holds one pixel's channels, so that every tap is a whole vector.</summary>
internal static class BlockedPoolKernels
{
    public static void EmitForward(SourceWriter writer, string method, PoolKernel kernel)
    {
        PoolGeometry geometry = kernel.Geometry;
        PoolReduction reduction = kernel.Reduction;
        VectorWidth width = kernel.Width;
        writer.Line(kernel.Describe(gradient: false));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float input, ref float output{kernel.RangeParameters})"))
        {
            (string, string, TensorView)[] references = [("map", "input", geometry.Input), ("result", "output", geometry.Output)];
            ForEachVectorOfChannels(writer, kernel, references, () =>
                kernel.ForEachRow(writer, kernel.LoopsOverRows, () =>
                    kernel.ForEachWindow(writer, range =>
                    {
                        kernel.EmitScale(writer);
                        writer.Line($"{width.Type} value = {width.Broadcast(reduction.Identity)};");
                        kernel.ForEachTap(writer, range, index =>
                            writer.Line($"value = {reduction.Combine(width, "value", width.Load(Refs.At("map", index)))};"));
                        string scaled = kernel.Scale is { } scale ? $"(value * {scale})" : "value";
                        writer.Line(width.Store(scaled, OutputAt("result", geometry)));
                    })));
        }
    }

    public static void EmitBackward(SourceWriter writer, string method, PoolKernel kernel)
    {
        PoolGeometry geometry = kernel.Geometry;
        PoolReduction reduction = kernel.Reduction;
        VectorWidth width = kernel.Width;
        (string, string, TensorView)[] gradients =
            [("mapGradient", "inputGradient", geometry.Input), ("resultGradient", "outputGradient", geometry.Output)];
        (string, string, TensorView)[] values = [("map", "input", geometry.Input), ("result", "output", geometry.Output)];
        (string, string, TensorView)[] references = reduction.ReadsValues ? [.. values, .. gradients] : gradients;
        writer.Line(kernel.Describe(gradient: true));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}({PoolEmitter.GradientParameters(reduction)}{kernel.RangeParameters})"))
        {
            if (geometry.ClearsFirst)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {geometry.Input.Floats}).Clear();");
            }

            ForEachVectorOfChannels(writer, kernel, references, () =>
                kernel.ForEachRow(writer, kernel.LoopsOverRows, () =>
                    kernel.ForEachWindow(writer, range =>
                    {
                        kernel.EmitScale(writer);
                        reduction.EmitGradientStart(
                            writer, width, OutputAt("result", geometry), OutputAt("resultGradient", geometry), kernel.Scale);
                        kernel.ForEachTap(writer, range, index => reduction.EmitGradientTap(
                            writer, width, Refs.At("map", index), Refs.At("mapGradient", index), geometry.Overlaps));
                    })));
        }
    }

    /// <summary>Writes the loop over blocks, and inside it over a block's vectors where it has several.</summary>
    private static void ForEachVectorOfChannels(
        SourceWriter writer,
        PoolKernel kernel,
        (string Name, string Base, TensorView View)[] references,
        Action body)
    {
        VectorWidth width = kernel.Width;
        using (writer.Open(kernel.PlaneLoop("block")))
        {
            if (width.Lanes == TensorView.Block)
            {
                EmitReferences("");
                return;
            }

            using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
            {
                EmitReferences(" + lane");
            }
        }

        void EmitReferences(string lane)
        {
            foreach ((string name, string @base, TensorView view) in references)
            {
                writer.Line($"ref float {name} = ref {Refs.At(@base, $"(block * {view.BlockStride}){lane}", view.Origin)};");
            }

            body();
        }
    }

    private static string OutputAt(string reference, PoolGeometry geometry) =>
        Refs.At(reference, $"(oy * {geometry.Output.RowStride}) + (ox * {geometry.Output.PixelStride})");
}
