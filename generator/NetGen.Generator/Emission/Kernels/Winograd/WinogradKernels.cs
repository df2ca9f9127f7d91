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

    /// <summary>A tile of pixels, rows <c>rowStride</c> apart, to its points, <c>pointStride</c> apart.</summary>
    public static string Input(KernelLibrary kernels, VectorWidth width, int tile) => kernels.GetOrAdd(
        width,
        ("winograd input", tile),
        $"WinogradInput{tile}x{tile}",
        (writer, method) => new WinogradKernels(writer, width).Emit(
            $"{method}(ref float source, int rowStride, ref float points, int pointStride)",
            "Pixels to points",
            strided: tile,
            kernel =>
            {
                kernel.DeclarePointColumns(tile);
                kernel.TwoPasses(
                    tile,
                    column => row => kernel.Strided("source", row, column),
                    values => WinogradTransforms.OfInput(width, values),
                    kernel.StorePoints);
            }));

    /// <summary>
    /// A tile of points, <c>pointStride</c> apart, to results, or to their 2×2 maxima, rows <c>rowStride</c> apart, with bias and activation.
    /// </summary>
    public static string Output(KernelLibrary kernels, VectorWidth width, WinogradPlan plan, bool hasBias, bool accumulates, ActivationOperator? activation)
    {
        int tile = plan.TileSide, side = plan.Side;
        bool pooled = plan.IsPooled;
        return kernels.GetOrAdd(
            width,
            ("winograd output", tile, side, pooled, hasBias, accumulates, activation),
            $"WinogradOutput{tile}x{tile}_to_{side}x{side}{(pooled ? "_MaxPool" : "")}{(accumulates ? "_Add" : "")}",
            (writer, method) => new WinogradKernels(writer, width).Emit(
                $"{method}(ref float points, int pointStride, {(hasBias ? "ref float bias, " : "")}ref float destination, int rowStride)",
                "Points to results" + (accumulates ? ", added to what is there" : "") + (activation is null ? "" : $", {activation.Description}") + (pooled ? ", maxima of 2×2" : ""),
                strided: plan.StoredSide,
                kernel =>
                {
                    kernel.DeclarePointRows(tile);
                    if (hasBias)
                    {
                        writer.Line($"{width.Type} b = {width.Load(kernel.At("bias", 0))};");
                    }

                    kernel.TwoPasses(
                        tile,
                        column =>
                        {
                            string points = kernel.DeclarePoints(column);
                            return row => row == 0 ? Refs.At(points, 0) : Refs.At(points, PointRow(row));
                        },
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
            kernel =>
            {
                kernel.DeclarePointColumns(tile);
                kernel.TwoPasses(
                    taps,
                    column => row => kernel.At("weights", ((long)(row * taps) + column) * kernelStride),
                    values => WinogradTransforms.OfWeights(tile, values),
                    (row, values) => kernel.StorePoints(row, isScaled ? kernel.Scaled(values) : values));
            }));

    /// <param name="strided">Rows whose places are multiples of <c>rowStride</c>.</param>
    private void Emit(string signature, string what, int strided, Action<WinogradKernels> emitBody)
    {
        _writer.Line($"// {what}, 16 channels of one tile.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (_writer.Open($"internal static void {signature}"))
        {
            for (int row = 1; row < strided; row++)
            {
                _writer.Line(row == 1 ? "nint row1 = rowStride;" : $"nint row{row} = (nint)rowStride * {row};");
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
        int side, Func<int, Func<int, ElementRef>> column, Func<string[], string[]> transform, Action<int, string[]> storeRow)
    {
        int rows = 0;
        for (int x = 0; x < side; x++)
        {
            Func<int, ElementRef> place = column(x);
            for (int row = 0; row < side; row++)
            {
                _writer.Line($"{_width.Type} d{row}_{x} = {_width.Load(place(row))};");
            }

            string[] values = transform(Enumerable.Range(0, side).Select(row => $"d{row}_{x}").ToArray());
            rows = values.Length;
            for (int row = 0; row < rows; row++)
            {
                _writer.Line($"{_width.Type} t{row}_{x} = {values[row]};");
            }
        }

        for (int row = 0; row < rows; row++)
        {
            storeRow(row, transform(Enumerable.Range(0, side).Select(column => $"t{row}_{column}").ToArray()));
        }
    }

    // A line of points has a reference of its own, and the points along it are multiples of the stride away, which stay in registers.

    private static string PointRow(int row) => $"pointRow{row}";

    private static string PointColumn(int column) => $"pointColumn{column}";

    /// <summary>Declares how far a tile's rows of points are from the first.</summary>
    private void DeclarePointRows(int side)
    {
        for (int row = 1; row < side; row++)
        {
            _writer.Line($"nint {PointRow(row)} = (nint)pointStride * {row * side};");
        }
    }

    /// <summary>Declares how far a tile's columns of points are from the first.</summary>
    private void DeclarePointColumns(int side)
    {
        for (int column = 1; column < side; column++)
        {
            _writer.Line($"nint {PointColumn(column)} = {(column == 1 ? "pointStride" : $"(nint)pointStride * {column}")};");
        }
    }

    /// <summary>Declares a reference to a point and returns its name.</summary>
    private string DeclarePoints(int point)
    {
        if (point == 0 && _width.Lanes == TensorView.Block)
        {
            return "points";
        }

        string name = $"points{point}";
        ElementRef place = point == 0 ? At("points", 0) : At("points", point == 1 ? "pointStride" : $"((nint)pointStride * {point})");
        _writer.Line($"ref float {name} = ref {place};");
        return name;
    }

    private void StorePoints(int row, string[] values)
    {
        string points = DeclarePoints(row * values.Length);
        for (int column = 0; column < values.Length; column++)
        {
            _writer.Line(_width.Store(values[column], column == 0 ? Refs.At(points, 0) : Refs.At(points, PointColumn(column))));
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
