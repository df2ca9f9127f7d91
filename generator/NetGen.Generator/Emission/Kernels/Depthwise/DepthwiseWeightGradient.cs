using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Depthwise;

/// <summary>
/// Writes the gradient of a depthwise convolution's weights: for each row of the window a few sets of accumulators, one a tap, over all pixels
/// of the image.
/// </summary>
internal static class DepthwiseWeightGradient
{
    /// <summary>Accumulators that hide the latency of multiply-adds.</summary>
    private const int Accumulators = 8;

    /// <summary>Writes the call that adds to <c>weightGradient</c>.</summary>
    public static void EmitCall(StepWriter step, ConvolutionGeometry geometry, TensorView source, string read, TensorView outputGradient) =>
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                ("depthwise weight gradient", geometry, source, outputGradient),
                $"DepthwiseWeightGradient_{geometry.Name}",
                (writer, method) => Emit(writer, method, geometry, source, outputGradient, width));
            step.Writer.Line($"{name}(ref {read}, ref outputGradient, ref weightGradient);");
        });

    private static void Emit(
        SourceWriter writer, string method, ConvolutionGeometry geometry, TensorView source, TensorView outputGradient, VectorWidth width)
    {
        Window2d window = geometry.Window;
        DepthwiseAxis columns = DepthwiseAxis.Forward(geometry.Output.Width, geometry.Input.Width, window.KernelW, window.StrideW, window.DilationW, window.PadLeft);
        int kernelRow = window.KernelW * TensorView.Block;
        string lane = width.Lanes == TensorView.Block ? "" : " + lane";
        writer.Line($"// Gradient of the weights of a depthwise convolution {geometry.Input} → {geometry.Output}, {window.Describe(1, 1)}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float source, ref float outputGradient, ref float weightGradient)"))
        using (writer.Open($"for (int block = 0; block < {outputGradient.Blocks}; block++)"))
        using (writer.Open($"for (int tap = 0; tap < {window.KernelH}; tap++)"))
        {
            SourceWriter.Block? lanes = lane.Length == 0 ? null : writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})");
            int sets = Math.Max(1, Math.Min(Accumulators / window.KernelW, columns.Interior.End - columns.Interior.Start));
            for (int set = 0; set < sets; set++)
            {
                for (int kw = 0; kw < window.KernelW; kw++)
                {
                    writer.Line($"{width.Type} sum{kw}_{set} = {width.Zero};");
                }
            }

            using (writer.Open($"for (int y = 0; y < {geometry.Output.Height}; y++)"))
            {
                int padding = window.PadTop;
                writer.Line($"int sourceRow = (y * {window.StrideH}) + (tap * {window.DilationH}){(padding == 0 ? "" : $" - {padding}")};");
                using (writer.Open($"if ((uint)sourceRow >= {geometry.Input.Height})"))
                {
                    writer.Line("continue;");
                }

                writer.Line($"ref float pixels = ref {Refs.At("source", $"(block * {source.BlockStride}) + (sourceRow * {source.RowStride}){lane}", source.Origin)};");
                writer.Line($"ref float gradients = ref {Refs.At("outputGradient", $"(block * {outputGradient.BlockStride}) + (y * {outputGradient.RowStride}){lane}", outputGradient.Origin)};");
                EmitColumns(writer, columns, width, sets);
            }

            for (int kw = 0; kw < window.KernelW; kw++)
            {
                int tap = kw;
                ElementRef place = Refs.At("weightGradient", $"(((block * {window.KernelH}) + tap) * {kernelRow}){lane}", (long)kw * TensorView.Block);
                string sum = string.Join(" + ", Enumerable.Range(0, sets).Select(set => $"sum{tap}_{set}"));
                writer.Line(width.Store($"{width.Load(place)} + ({sum})", place));
            }

            lanes?.Dispose();
        }
    }

    private static void EmitColumns(SourceWriter writer, DepthwiseAxis columns, VectorWidth width, int sets)
    {
        (int start, int end) = columns.Interior;
        int whole = (end - start) / sets * sets;
        for (int x = 0; x < (end > start ? start : columns.Count); x++)
        {
            EmitPixel(writer, columns, width, null, x, 0);
        }

        if (whole > 0)
        {
            using (writer.Open($"for (int x = 0; x < {whole}; x += {sets})"))
            {
                for (int set = 0; set < sets; set++)
                {
                    EmitPixel(writer, columns, width, "x", start + set, set);
                }
            }
        }

        for (int x = start + whole; x < columns.Count && end > start; x++)
        {
            EmitPixel(writer, columns, width, null, x, 0);
        }
    }

    /// <param name="x">The variable that counts pixels from the first; null for none.</param>
    private static void EmitPixel(SourceWriter writer, DepthwiseAxis columns, VectorWidth width, string? x, int pixel, int set)
    {
        using (writer.Open())
        {
            writer.Line($"{width.Type} gradient = {width.Load(Refs.At("gradients", x, TensorView.Block, (long)pixel * TensorView.Block))};");
            foreach (Tap tap in columns.Taps.Where(tap => columns.IsInside(pixel, tap)))
            {
                long element = (((long)pixel * columns.Step) + tap.Offset) * TensorView.Block;
                string load = width.Load(Refs.At("pixels", x, (long)columns.Step * TensorView.Block, element));
                writer.Line($"sum{tap.Weight}_{set} = {width.MultiplyAdd(load, "gradient", $"sum{tap.Weight}_{set}")};");
            }
        }
    }
}
