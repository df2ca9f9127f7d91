using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>Writes the three transforms, each a kernel for one tile and one block of 16 channels.</summary>
internal static class WinogradKernels
{
    /// <summary>A tile of pixels, rows <c>rowStride</c> apart, to its points, a constant stride apart.</summary>
    public static string Input(KernelLibrary kernels, VectorWidth width, int side, int pointStride) => kernels.GetOrAdd(
        ("winograd input", width, side, pointStride),
        $"Winograd{side}x{side}Input_{width}",
        (writer, method) => Emit(writer, width, $"{method}(ref float source, int rowStride, ref float points)", "Pixels to points", () =>
        {
            int tile = side + 2;
            TwoPasses(
                writer,
                width,
                tile,
                (row, column) => width.Load(Refs.At("source", $"(row{row} + lane)", column * TensorView.Block)),
                values => WinogradTransforms.OfInput(width, side, values),
                (row, column, value) => $"{value}.StoreUnsafe(ref {Refs.At("points", "lane", ((long)(row * tile) + column) * pointStride)});");
        }, Enumerable.Range(0, side + 2).Select(row => $"int row{row} = rowStride * {row};")));

    /// <summary>A tile of points to results, rows <c>rowStride</c> apart, with bias and activation.</summary>
    public static string Output(
        KernelLibrary kernels, VectorWidth width, int side, int pointStride, bool hasBias, ActivationOperator? activation) => kernels.GetOrAdd(
            ("winograd output", width, side, pointStride, hasBias, activation),
            $"Winograd{side}x{side}Output_{width}",
            (writer, method) => Emit(
                writer,
                width,
                $"{method}(ref float points, {(hasBias ? "ref float bias, " : "")}ref float destination, int rowStride)",
                "Points to results" + (activation is null ? "" : $", {activation.Description}"),
                () => TwoPasses(
                    writer,
                    width,
                    side + 2,
                    (row, column) => width.Load(Refs.At("points", "lane", ((long)(row * (side + 2)) + column) * pointStride)),
                    values => WinogradTransforms.OfOutput(width, side, values),
                    (row, column, value) =>
                    {
                        string sum = hasBias ? $"({value} + {width.Load(Refs.At("bias", "lane"))})" : value;
                        return $"{ActivationEmitter.Apply(activation, width, sum)}.StoreUnsafe(ref {Refs.At("destination", $"(row{row} + lane)", column * TensorView.Block)});";
                    }),
                Enumerable.Range(0, side).Select(row => $"int row{row} = rowStride * {row};")));

    /// <summary>The nine weights of one input channel and 16 output channels to their points.</summary>
    public static string Weights(KernelLibrary kernels, VectorWidth width, int side, int kernelStride, int pointStride) => kernels.GetOrAdd(
        ("winograd weights", width, side, kernelStride, pointStride),
        $"Winograd{side}x{side}Weights_{width}",
        (writer, method) => Emit(writer, width, $"{method}(ref float weights, ref float points)", "Weights to points", () => TwoPasses(
            writer,
            width,
            3,
            (row, column) => width.Load(Refs.At("weights", "lane", ((long)(row * 3) + column) * kernelStride)),
            values => WinogradTransforms.OfWeights(width, side, values),
            (row, column, value) => $"{value}.StoreUnsafe(ref {Refs.At("points", "lane", ((long)(row * (side + 2)) + column) * pointStride)});"), []));

    private static void Emit(
        SourceWriter writer, VectorWidth width, string signature, string what, Action emitBody, IEnumerable<string> locals)
    {
        writer.Line($"// {what}, 16 channels of one tile.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"private static void {signature}"))
        {
            foreach (string local in locals)
            {
                writer.Line(local);
            }

            using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
            {
                emitBody();
            }
        }
    }

    /// <summary>Transforms the columns as they are read, then the rows of what came of it.</summary>
    private static void TwoPasses(
        SourceWriter writer,
        VectorWidth width,
        int side,
        Func<int, int, string> load,
        Func<string[], string[]> transform,
        Func<int, int, string, string> store)
    {
        int rows = 0;
        for (int column = 0; column < side; column++)
        {
            for (int row = 0; row < side; row++)
            {
                writer.Line($"{width.Type} d{row}_{column} = {load(row, column)};");
            }

            string[] values = transform(Enumerable.Range(0, side).Select(row => $"d{row}_{column}").ToArray());
            rows = values.Length;
            for (int row = 0; row < rows; row++)
            {
                writer.Line($"{width.Type} t{row}_{column} = {values[row]};");
            }
        }

        for (int row = 0; row < rows; row++)
        {
            string[] values = transform(Enumerable.Range(0, side).Select(column => $"t{row}_{column}").ToArray());
            for (int column = 0; column < values.Length; column++)
            {
                writer.Line(store(row, column, values[column]));
            }
        }
    }
}
