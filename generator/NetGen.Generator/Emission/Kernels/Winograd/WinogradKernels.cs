using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>Writes the three transforms, each a kernel for one tile and one block of 16 channels.</summary>
internal sealed class WinogradKernels
{
    private readonly SourceWriter _writer;
    private readonly VectorWidth _width;

    private WinogradKernels(SourceWriter writer, VectorWidth width)
    {
        _writer = writer;
        _width = width;
    }

    /// <summary>A tile of pixels, rows <c>rowStride</c> apart, to its points, a constant stride apart.</summary>
    public static string Input(KernelLibrary kernels, VectorWidth width, int tile, int pointStride) => kernels.GetOrAdd(
        width,
        ("winograd input", tile, pointStride),
        $"WinogradInput{tile}x{tile}",
        (writer, method) => new WinogradKernels(writer, width).Emit(
            $"{method}(ref float source, int rowStride, ref float points)",
            "Pixels to points",
            strided: tile,
            kernel => kernel.TwoPasses(
                tile,
                (row, column) => kernel.Strided("source", row, column),
                values => WinogradTransforms.OfInput(width, values),
                (row, values) => kernel.StorePoints(row, values, point => kernel.At("points", (long)point * pointStride)))));

    /// <summary>A tile of points to results, or to their 2×2 maxima, rows <c>rowStride</c> apart, with bias and activation.</summary>
    public static string Output(KernelLibrary kernels, VectorWidth width, WinogradPlan plan, bool hasBias, bool accumulates, ActivationOperator? activation)
    {
        int tile = plan.TileSide, side = plan.Side, pointStride = plan.OutputPoint;
        bool pooled = plan.IsPooled;
        return kernels.GetOrAdd(
            width,
            ("winograd output", tile, side, pointStride, pooled, hasBias, accumulates, activation),
            $"WinogradOutput{tile}x{tile}_to_{side}x{side}{(pooled ? "_MaxPool" : "")}{(accumulates ? "_Add" : "")}",
            (writer, method) => new WinogradKernels(writer, width).Emit(
                $"{method}(ref float points, {(hasBias ? "ref float bias, " : "")}ref float destination, int rowStride)",
                "Points to results" + (accumulates ? ", added to what is there" : "") + (activation is null ? "" : $", {activation.Description}") + (pooled ? ", maxima of 2×2" : ""),
                strided: plan.StoredSide,
                kernel =>
                {
                    if (hasBias)
                    {
                        writer.Line($"{width.Type} b = {width.Load(kernel.At("bias", 0))};");
                    }

                    kernel.TwoPasses(
                        tile,
                        (row, column) => kernel.At("points", ((long)(row * tile) + column) * pointStride),
                        values => WinogradTransforms.OfOutput(width, side, values),
                        (row, values) =>
                        {
                            if (!pooled)
                            {
                                Store(kernel, row, values);
                            }
                            else if (row % 2 == 0)
                            {
                                kernel.DeclareMaxima(row / 2, values);
                            }
                            else
                            {
                                Store(kernel, row / 2, Maxima(values, row / 2));
                            }
                        });
                }));

        void Store(WinogradKernels kernel, int row, string[] values)
        {
            for (int column = 0; column < values.Length; column++)
            {
                ElementRef at = kernel.Strided("destination", row, column);
                string value = hasBias ? $"({values[column]} + b)" : values[column];
                value = accumulates ? $"({value} + {width.Load(at)})" : value;
                kernel._writer.Line(width.Store(ActivationEmitter.Apply(activation, width, value), at));
            }
        }
    }

    /// <summary>
    /// The weights of one input channel and 16 output channels to their points, <c>pointStride</c> apart: an argument, since packing happens
    /// once and layers can share the kernel.
    /// </summary>
    public static string Weights(KernelLibrary kernels, VectorWidth width, int taps, int tile, int kernelStride, bool isScaled) => kernels.GetOrAdd(
        width,
        ("winograd weights", taps, tile, kernelStride, isScaled),
        $"WinogradWeights{taps}x{taps}_to_{tile}x{tile}{(isScaled ? "_scaled" : "")}",
        (writer, method) => new WinogradKernels(writer, width).Emit(
            $"{method}(ref float weights, {(isScaled ? "ref float scale, " : "")}ref float points, int pointStride)",
            isScaled ? "Weights, scaled, to points" : "Weights to points",
            strided: 0,
            kernel => kernel.TwoPasses(
                taps,
                (row, column) => kernel.At("weights", ((long)(row * taps) + column) * kernelStride),
                values => WinogradTransforms.OfWeights(tile, values),
                (row, values) => kernel.StorePoints(row, isScaled ? kernel.Scaled(values) : values, point => point == 0
                    ? kernel.At("points", 0)
                    : kernel.At("points", Refs.Times("pointStride", point))))));

    /// <param name="strided">Rows whose places are multiples of <c>rowStride</c>.</param>
    private void Emit(string signature, string what, int strided, Action<WinogradKernels> emitBody)
    {
        _writer.Line($"// {what}, 16 channels of one tile.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (_writer.Open($"internal static void {signature}"))
        {
            for (int row = 1; row < strided; row++)
            {
                _writer.Line(row == 1 ? "int row1 = rowStride;" : $"int row{row} = rowStride * {row};");
            }

            if (_width.Lanes == TensorView.Block)
            {
                emitBody(this);
                return;
            }

            using (_writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {_width.Lanes})"))
            {
                emitBody(this);
            }
        }
    }

    /// <summary>Transforms the columns as they are read, then the rows of what came of it.</summary>
    private void TwoPasses(
        int side, Func<int, int, ElementRef> place, Func<string[], string[]> transform, Action<int, string[]> storeRow)
    {
        int rows = 0;
        for (int column = 0; column < side; column++)
        {
            for (int row = 0; row < side; row++)
            {
                _writer.Line($"{_width.Type} d{row}_{column} = {_width.Load(place(row, column))};");
            }

            string[] values = transform(Enumerable.Range(0, side).Select(row => $"d{row}_{column}").ToArray());
            rows = values.Length;
            for (int row = 0; row < rows; row++)
            {
                _writer.Line($"{_width.Type} t{row}_{column} = {values[row]};");
            }
        }

        for (int row = 0; row < rows; row++)
        {
            storeRow(row, transform(Enumerable.Range(0, side).Select(column => $"t{row}_{column}").ToArray()));
        }
    }

    private void StorePoints(int row, string[] values, Func<int, ElementRef> place)
    {
        for (int column = 0; column < values.Length; column++)
        {
            _writer.Line(_width.Store(values[column], place((row * values.Length) + column)));
        }
    }

    private string[] Scaled(string[] values) => values.Select(value => $"({value} * {_width.Load(At("scale", 0))})").ToArray();

    private void DeclareMaxima(int row, string[] values)
    {
        for (int column = 0; column < values.Length / 2; column++)
        {
            _writer.Line($"{_width.Type} m{row}_{column} = VectorMath.Maximum({values[2 * column]}, {values[(2 * column) + 1]});");
        }
    }

    /// <summary>The maxima of a row's pairs and of what <see cref="DeclareMaxima"/> kept of the row above.</summary>
    private static string[] Maxima(string[] values, int row) => Enumerable.Range(0, values.Length / 2)
        .Select(column => $"VectorMath.Maximum(m{row}_{column}, VectorMath.Maximum({values[2 * column]}, {values[(2 * column) + 1]}))")
        .ToArray();

    /// <summary>A pixel's channels in a map whose rows are <c>rowStride</c> apart.</summary>
    private ElementRef Strided(string reference, int row, int column) => row == 0
        ? At(reference, column * TensorView.Block)
        : Refs.At(reference, _width.Lanes == TensorView.Block ? $"row{row}" : $"row{row} + lane", column * TensorView.Block);

    private ElementRef At(string reference, string offset) => Refs.At(reference, _width.Lanes == TensorView.Block ? offset : $"{offset} + lane");

    private ElementRef At(string reference, long offset) =>
        _width.Lanes == TensorView.Block ? Refs.At(reference, offset) : Refs.At(reference, "lane", offset);
}
