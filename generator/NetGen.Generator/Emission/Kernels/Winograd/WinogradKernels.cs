using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// Writes the three transforms. Those of pixels and of results go over the tiles of a band, and over blocks of 16 channels; a tile that reaches
/// over the map's edge goes through one in scratch memory, whose pixels beyond the edge are zeros.
/// </summary>
internal sealed partial class WinogradKernels
{
    /// <summary>The first of a tile's points.</summary>
    private const string TilePoints = "tilePoints";

    /// <summary>
    /// What a transform is told of its blocks, its tiles and the map: rows and planes of it, points, and one block's points of one tile after the
    /// other are so many floats apart.
    /// </summary>
    private const string Ranges =
        "int firstBlock, int endBlock, int firstTile, int endTile, int tileColumns, int height, int width, int rowFloats, int planeFloats, int pointFloats, int blockFloats";

    private readonly SourceWriter _writer;
    private readonly VectorWidth _width;

    private WinogradKernels(SourceWriter writer, VectorWidth width)
    {
        _writer = writer;
        _width = width;
    }

    /// <summary>Tiles of pixels to their points.</summary>
    public static string Input(KernelLibrary kernels, VectorWidth width, WinogradPlan plan)
    {
        int tile = plan.TileSide, top = plan.Geometry.Window.PadTop, left = plan.Geometry.Window.PadLeft;
        return kernels.GetOrAdd(
            width,
            ("winograd input", tile, plan.Side, top, left),
            $"WinogradInput{plan.Side}x{plan.Side}k{plan.Taps}_p{top}{(top == left ? "" : $"x{left}")}",
            (writer, method) =>
            {
                var kernel = new WinogradKernels(writer, width);
                using (kernel.OpenKernel("Pixels to points", $"{method}(ref float source, ref float points, ref float edge, {Ranges})"))
                {
                    WinogradTransforms.DeclareInputFactors(writer, width, tile);
                    using (kernel.OpenTiles(tile, kernel.DeclarePointColumns, "source", plan.Side, top, left))
                    {
                        writer.Line("ref float pixels = ref edge;");
                        writer.Line($"nint row1 = {tile * TensorView.Block};");
                        using (writer.Open($"if (y >= 0 && x >= 0 && y <= height - {tile} && x <= width - {tile})"))
                        {
                            writer.Line($"pixels = ref {Refs.At("plane", $"(y * rowFloats) + (x * {TensorView.Block})")};");
                            writer.Line("row1 = rowFloats;");
                        }

                        using (writer.Open("else"))
                        {
                            writer.Line($"TensorMoves.CopyTile(ref plane, y, x, height, width, ref edge, {tile});");
                        }

                        kernel.DeclareRows(tile);
                        kernel.ForEachLane(() => kernel.TwoPasses(
                            tile,
                            column => row => kernel.Strided("pixels", row, column),
                            (transforms, values) => transforms.OfInput(values),
                            kernel.StorePoints));
                    }
                }
            });
    }

    /// <summary>Tiles of points to results, or to their 2×2 maxima, with bias and activation.</summary>
    /// <param name="canAdd">Whether the kernel is told by an argument to add to what is there.</param>
    /// <param name="activation">Null for those that raise values to a floor, which is an argument.</param>
    public static string Output(KernelLibrary kernels, VectorWidth width, WinogradPlan plan, bool hasBias, bool canAdd, ActivationOperator? activation)
    {
        int tile = plan.TileSide, side = plan.Side, stored = plan.StoredSide;
        bool pooled = plan.IsPooled;
        string what = "Points to results" + (canAdd ? ", perhaps added to what is there" : "") + (activation is null ? "" : $", {activation.Description}") + (pooled ? ", maxima of 2×2" : "");
        return kernels.GetOrAdd(
            width,
            ("winograd output", tile, side, pooled, hasBias, canAdd, activation),
            $"WinogradOutput{side}x{side}k{plan.Taps}{(pooled ? "_MaxPool" : "")}{(activation is null ? "" : $"_{ActivationEmitter.StemOf(activation)}")}",
            (writer, method) =>
            {
                var kernel = new WinogradKernels(writer, width);
                string bias = hasBias ? "ref float bias, " : "";
                string arguments = (canAdd ? ", bool adds" : "") + (activation is null ? ", float floor" : "");
                string rectangle = $"Math.Min({stored}, height - y), Math.Min({stored}, width - x)";
                using (kernel.OpenKernel(what, $"{method}(ref float points, {bias}ref float destination, ref float edge, {Ranges}{arguments})"))
                {
                    WinogradTransforms.DeclareOutputFactors(writer, width, side, tile);
                    if (activation is null)
                    {
                        writer.Line($"{width.Type} floors = {width.Broadcast("floor")};");
                    }

                    using (kernel.OpenTiles(tile, kernel.DeclarePointRows, "destination", stored, 0, 0))
                    {
                        writer.Line($"ref float pixel = ref {Refs.At("plane", $"(y * rowFloats) + (x * {TensorView.Block})")};");
                        writer.Line("ref float results = ref pixel;");
                        writer.Line("nint row1 = rowFloats;");
                        writer.Line($"bool isCut = y > height - {stored} || x > width - {stored};");
                        using (writer.Open("if (isCut)"))
                        {
                            if (canAdd)
                            {
                                using (writer.Open("if (adds)"))
                                {
                                    writer.Line($"TensorMoves.CopyPixels(ref pixel, rowFloats, ref edge, {stored * TensorView.Block}, {rectangle});");
                                }
                            }

                            writer.Line("results = ref edge;");
                            writer.Line($"row1 = {stored * TensorView.Block};");
                        }

                        kernel.DeclareRows(stored);
                        kernel.ForEachLane(() => EmitTile(kernel));
                        using (writer.Open("if (isCut)"))
                        {
                            writer.Line($"TensorMoves.CopyPixels(ref edge, {stored * TensorView.Block}, ref pixel, rowFloats, {rectangle});");
                        }
                    }
                }
            });

        void EmitTile(WinogradKernels kernel)
        {
            if (hasBias)
            {
                kernel._writer.Line($"{width.Type} b = {width.Load(kernel.At("bias", $"block * {TensorView.Block}"))};");
            }

            kernel.TwoPasses(
                tile,
                column =>
                {
                    string points = kernel.DeclarePoints(column);
                    return row => row == 0 ? Refs.At(points, 0) : Refs.At(points, PointRow(row));
                },
                (transforms, values) => transforms.OfOutput(side, values),
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
        }

        void Store(WinogradKernels kernel, int row, string[] values)
        {
            SourceWriter writer = kernel._writer;
            string[] results = [.. values.Select(value => hasBias ? $"({value} + b)" : value)];
            if (canAdd)
            {
                for (int column = 0; column < values.Length; column++)
                {
                    writer.Line($"{width.Type} r{row}_{column} = {results[column]};");
                    results[column] = $"r{row}_{column}";
                }

                using (writer.Open("if (adds)"))
                {
                    for (int column = 0; column < values.Length; column++)
                    {
                        writer.Line($"{results[column]} += {width.Load(kernel.Strided("results", row, column))};");
                    }
                }
            }

            for (int column = 0; column < values.Length; column++)
            {
                string value = activation is null ? ActivationEmitter.Raise(width, "floors", results[column]) : ActivationEmitter.Apply(activation, width, results[column]);
                writer.Line(width.Store(value, kernel.Strided("results", row, column)));
            }
        }
    }

    /// <summary>Transforms the columns as they are read, then the rows of what came of it.</summary>
    private void TwoPasses(
        int side, Func<int, Func<int, ElementRef>> column, Func<WinogradTransforms, string[], string[]> transform, Action<int, string[]> storeRow)
    {
        int rows = 0;
        for (int x = 0; x < side; x++)
        {
            Func<int, ElementRef> place = column(x);
            for (int row = 0; row < side; row++)
            {
                _writer.Line($"{_width.Type} d{row}_{x} = {_width.Load(place(row))};");
            }

            string[] values = transform(Transforms($"OfColumn{x}"), Enumerable.Range(0, side).Select(row => $"d{row}_{x}").ToArray());
            rows = values.Length;
            for (int row = 0; row < rows; row++)
            {
                _writer.Line($"{_width.Type} t{row}_{x} = {values[row]};");
            }
        }

        for (int row = 0; row < rows; row++)
        {
            storeRow(row, transform(Transforms($"OfRow{row}"), Enumerable.Range(0, side).Select(column => $"t{row}_{column}").ToArray()));
        }
    }

    /// <summary>Transforms whose vectors have names that end so.</summary>
    private WinogradTransforms Transforms(string suffix) => new(_width, (name, value) =>
    {
        _writer.Line($"{_width.Type} {name}{suffix} = {value};");
        return name + suffix;
    });

    // A line of points has a reference of its own, and the points along it are multiples of the stride away, which stay in registers.

    /// <summary>How far a point is from the first, as source.</summary>
    private static string PointFloats(int point) => point == 1 ? "pointFloats" : $"((nint)pointFloats * {point})";

    private static string PointRow(int row) => $"pointRow{row}";

    private static string PointColumn(int column) => $"pointColumn{column}";

    /// <summary>Declares how far a tile's rows of points are from the first.</summary>
    private void DeclarePointRows(int side)
    {
        for (int row = 1; row < side; row++)
        {
            _writer.Line($"nint {PointRow(row)} = (nint)pointFloats * {row * side};");
        }
    }

    /// <summary>Declares how far a tile's columns of points are from the first.</summary>
    private void DeclarePointColumns(int side)
    {
        for (int column = 1; column < side; column++)
        {
            _writer.Line($"nint {PointColumn(column)} = {(column == 1 ? "pointFloats" : $"(nint)pointFloats * {column}")};");
        }
    }

    /// <summary>Declares a reference to a point and returns its name.</summary>
    private string DeclarePoints(int point)
    {
        if (point == 0 && _width.Lanes == TensorView.Block)
        {
            return TilePoints;
        }

        string name = $"points{point}";
        ElementRef place = point == 0 ? At(TilePoints, 0) : At(TilePoints, PointFloats(point));
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

    /// <summary>A pixel's channels in a map whose rows are <c>row1</c> apart.</summary>
    private ElementRef Strided(string reference, int row, int column) => row == 0
        ? At(reference, column * TensorView.Block)
        : Refs.At(reference, _width.Lanes == TensorView.Block ? $"row{row}" : $"row{row} + lane", column * TensorView.Block);

    private ElementRef At(string reference, string offset) => Refs.At(reference, _width.Lanes == TensorView.Block ? offset : $"{offset} + lane");

    private ElementRef At(string reference, long offset) =>
        _width.Lanes == TensorView.Block ? Refs.At(reference, offset) : Refs.At(reference, "lane", offset);
}
