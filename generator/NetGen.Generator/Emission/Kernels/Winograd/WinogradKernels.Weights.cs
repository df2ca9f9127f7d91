using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <content>The transform of the weights, which happens when they are packed.</content>
internal sealed partial class WinogradKernels
{
    /// <summary>
    /// The weights of one input channel and 16 output channels to their points, <c>pointFloats</c> apart: an argument, since packing happens
    /// once and layers can share the kernel.
    /// </summary>
    public static string Weights(KernelLibrary kernels, VectorWidth width, int taps, int tile, int kernelStride, bool isScaled) => kernels.GetOrAdd(
        width,
        ("winograd weights", taps, tile, kernelStride, isScaled),
        $"WinogradWeights{taps}x{taps}_to_{tile}x{tile}{(isScaled ? "_scaled" : "")}",
        (writer, method) =>
        {
            var kernel = new WinogradKernels(writer, width);
            string scale = isScaled ? "ref float scale, " : "";
            using (kernel.OpenKernel(isScaled ? "Weights, scaled, to points" : "Weights to points", $"{method}(ref float weights, {scale}ref float points, int pointFloats)"))
            {
                writer.Line($"Span<float> columns = stackalloc float[{tile * taps * width.Lanes}];");
                writer.Line("ref float scratch = ref MemoryMarshal.GetReference(columns);");
                kernel.ForEachLane(() => kernel.EmitWeights(taps, tile, kernelStride, isScaled));
            }
        });

    /// <summary>
    /// Both passes as loops, with the first one's results in memory: that happens once, and unrolled it would take the JIT longer than a small
    /// network's weights take to be transformed.
    /// </summary>
    private void EmitWeights(int taps, int tile, int kernelStride, bool isScaled)
    {
        using (_writer.Open($"for (int column = 0; column < {taps}; column++)"))
        {
            _writer.Line($"ref float weightsColumn = ref {At("weights", $"(column * {kernelStride})")};");
            _writer.Line($"ref float scratchColumn = ref {Refs.At("scratch", $"column * {_width.Lanes}")};");
            EmitPass(row => Refs.At("weightsColumn", (long)row * taps * kernelStride), row => Refs.At("scratchColumn", (long)row * taps * _width.Lanes));
        }

        using (_writer.Open($"for (int row = 0; row < {tile}; row++)"))
        {
            _writer.Line($"ref float scratchRow = ref {Refs.At("scratch", $"row * {taps * _width.Lanes}")};");
            _writer.Line($"ref float pointsRow = ref {At("points", $"((nint)pointFloats * (row * {tile}))")};");
            if (isScaled)
            {
                _writer.Line($"{_width.Type} factor = {_width.Load(At("scale", 0))};");
            }

            EmitPass(
                column => Refs.At("scratchRow", (long)column * _width.Lanes),
                column => column == 0 ? Refs.At("pointsRow", 0) : Refs.At("pointsRow", PointFloats(column)),
                isScaled ? value => $"({value} * factor)" : null);
        }

        void EmitPass(Func<int, ElementRef> from, Func<int, ElementRef> to, Func<string, string>? scale = null)
        {
            string[] taken = Enumerable.Range(0, taps).Select(i => $"d{i}").ToArray();
            for (int i = 0; i < taps; i++)
            {
                _writer.Line($"{_width.Type} {taken[i]} = {_width.Load(from(i))};");
            }

            string[] values = Transforms("").OfWeights(tile, taken);
            for (int i = 0; i < values.Length; i++)
            {
                _writer.Line(_width.Store(scale is null ? values[i] : scale(values[i]), to(i)));
            }
        }
    }
}
