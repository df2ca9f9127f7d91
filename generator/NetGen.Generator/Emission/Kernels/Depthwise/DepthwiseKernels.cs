using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Depthwise;

/// <summary>
/// Writes sums over the taps of a window, each block of 16 channels with weights of its own: depthwise convolutions and their gradients of the
/// data. A tile of pixels along a row is held in registers; what reaches over the edge has fewer taps, so that nothing is copied.
/// </summary>
internal sealed class DepthwiseKernels
{
    private readonly SourceWriter _writer;
    private readonly VectorWidth _width;
    private readonly TensorView _source;
    private readonly TensorView _destination;
    private readonly DepthwiseAxis _columns;
    private readonly Window2d _window;
    private readonly ActivationOperator? _activation;

    private DepthwiseKernels(
        SourceWriter writer, VectorWidth width, TensorView source, TensorView destination, DepthwiseAxis columns, Window2d window, ActivationOperator? activation)
    {
        (_writer, _width, _source, _destination, _columns, _window, _activation) = (writer, width, source, destination, columns, window, activation);
    }

    /// <summary>Writes the call of the forward kernel: <c>input</c>, <c>weights</c>, <c>bias</c> and <c>output</c>.</summary>
    public static void EmitForward(StepWriter step, ConvolutionGeometry geometry, TensorView source, string read, TensorView output, ActivationOperator? activation)
    {
        Window2d window = geometry.Window;
        DepthwiseAxis rows = DepthwiseAxis.Forward(geometry.Output.Height, geometry.Input.Height, window.KernelH, window.StrideH, window.DilationH, window.PadTop);
        DepthwiseAxis columns = DepthwiseAxis.Forward(geometry.Output.Width, geometry.Input.Width, window.KernelW, window.StrideW, window.DilationW, window.PadLeft);
        bool hasBias = geometry.Operator.HasBias;
        string bias = hasBias ? "ref bias, " : "";
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                ("depthwise", geometry, source, output, activation, step.TakesRanges),
                $"Depthwise_{(step.TakesRanges ? geometry.NameWithoutChannels : geometry.Name)}",
                (writer, method) => Emit(
                    writer,
                    $"Depthwise convolution {Shapes(step, geometry)}, {window.Describe(1, 1)}{(activation is null ? "" : $", {activation.Description}")}",
                    $"{method}(ref float source, ref float weights, {(hasBias ? "ref float bias, " : "")}ref float destination{(step.TakesRanges ? ", int first, int end" : "")})",
                    output.Blocks,
                    [rows],
                    new DepthwiseKernels(writer, width, source, output, columns, window, activation),
                    hasBias,
                    step.TakesRanges));
            step.Writer.Line($"{name}(ref {read}, ref weights, {bias}ref output{step.RangeArguments(output.Blocks * rows.Count)});");
        });
    }

    private static string Shapes(StepWriter step, ConvolutionGeometry geometry) => step.TakesRanges
        ? $"{geometry.Input.Height}×{geometry.Input.Width} → {geometry.Output.Height}×{geometry.Output.Width}"
        : $"{geometry.Input} → {geometry.Output}";

    /// <summary>Writes the calls that turn <c>outputGradient</c> into the input's gradient.</summary>
    public static void EmitDataGradient(StepWriter step, ConvolutionGeometry geometry, TensorView outputGradient, TensorView inputGradient, string target)
    {
        Window2d window = geometry.Window;
        List<DepthwiseAxis> rows = DepthwiseAxis
            .DataGradient(geometry.Output.Height, geometry.Input.Height, window.KernelH, window.StrideH, window.DilationH, window.PadTop).ToList();
        IEnumerable<DepthwiseAxis> phases = DepthwiseAxis.DataGradient(
            geometry.Output.Width, geometry.Input.Width, window.KernelW, window.StrideW, window.DilationW, window.PadLeft);
        foreach (DepthwiseAxis columns in phases)
        {
            step.ForEachWidth(width =>
            {
                string name = step.Kernels.GetOrAdd(
                    width,
                    ("depthwise data gradient", geometry, outputGradient, inputGradient, columns),
                    $"DepthwiseDataGradient_{geometry.Name}{(columns.Stride > 1 ? $"_column{columns.First}" : "")}",
                    (writer, method) => Emit(
                        writer,
                        $"Gradient of the input of a depthwise convolution {geometry.Input} → {geometry.Output}, {window.Describe(1, 1)}"
                            + (columns.Stride > 1 ? $", columns {columns.First}, {columns.First + columns.Stride}, …" : ""),
                        $"{method}(ref float source, ref float weights, ref float destination)",
                        inputGradient.Blocks,
                        rows,
                        new DepthwiseKernels(writer, width, outputGradient, inputGradient, columns, window, null),
                        hasBias: false,
                        takesRange: false));
                step.Writer.Line($"{name}(ref outputGradient, ref weights, ref {target});");
            });
        }
    }

    private static void Emit(
        SourceWriter writer, string what, string signature, int blocks, IReadOnlyList<DepthwiseAxis> rows, DepthwiseKernels kernel, bool hasBias, bool takesRange)
    {
        writer.Line($"// {what}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {signature}"))
        {
            foreach (DepthwiseAxis axis in rows)
            {
                int units = blocks * axis.Count;
                using (writer.Open(takesRange ? "for (int unit = first; unit < end; unit++)" : $"for (int unit = 0; unit < {units}; unit++)"))
                {
                    writer.Line($"int block = unit / {axis.Count}, y = unit % {axis.Count};");
                    kernel.EmitRow(axis, hasBias);
                }
            }
        }
    }

    private void EmitRow(DepthwiseAxis rows, bool hasBias)
    {
        string lane = _width.Lanes == TensorView.Block ? "" : " + lane";
        int taps = rows.Taps.Count;
        int rowStep = taps > 1 ? rows.Taps[1].Offset - rows.Taps[0].Offset : 0, weightStep = taps > 1 ? rows.Taps[1].Weight - rows.Taps[0].Weight : 0;
        int firstRow = taps > 0 ? rows.Taps[0].Offset : 0, firstWeight = taps > 0 ? rows.Taps[0].Weight : 0;
        SourceWriter.Block? lanes = lane.Length == 0 ? null : _writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {_width.Lanes})");
        int kernelRow = _window.KernelW * TensorView.Block;
        _writer.Line($"ref float plane = ref {Refs.At("source", $"(block * {_source.BlockStride}){lane}", _source.Origin)};");
        _writer.Line($"ref float taps = ref {Refs.At("weights", $"(block * {_window.KernelH * kernelRow}){lane}", (long)firstWeight * kernelRow)};");
        _writer.Line($"ref float row = ref {Refs.At("destination", $"(block * {_destination.BlockStride}) + (y * {rows.Stride * _destination.RowStride}){lane}", _destination.Origin + (rows.First * _destination.RowStride))};");
        _writer.Line($"{_width.Type} start = {(hasBias ? _width.Load(Refs.At("bias", $"(block * {TensorView.Block}){lane}")) : _width.Zero)};");
        var loop = new RowLoop(taps, $"(y * {rows.Step}) + (tap * {rowStep})", firstRow, rows.Extent, weightStep * kernelRow);
        EmitColumns(loop);
        lanes?.Dispose();
    }

    private void EmitColumns(RowLoop rows)
    {
        (int start, int end) = _columns.Interior;
        EmitEdge(rows, 0, end > start ? start : _columns.Count);
        if (end > start)
        {
            EmitInterior(rows, start, end);
            EmitEdge(rows, end, _columns.Count);
        }
    }

    private void EmitEdge(RowLoop rows, int start, int end)
    {
        for (int first = start; first < end; first += TilePixels)
        {
            EmitTile(rows, null, first, Math.Min(TilePixels, end - first));
        }
    }

    private void EmitInterior(RowLoop rows, int start, int end)
    {
        // Tiles as even as they come; the last may be narrower.
        int count = end - start, tiles = (count + TilePixels - 1) / TilePixels, tile = (count + tiles - 1) / tiles, whole = count / tile;
        if (whole == 1)
        {
            EmitTile(rows, null, start, tile);
        }
        else
        {
            using (_writer.Open($"for (int x = 0; x < {whole * tile}; x += {tile})"))
            {
                EmitTile(rows, "x", start, tile);
            }
        }

        if (whole * tile < count)
        {
            EmitTile(rows, null, start + (whole * tile), count - (whole * tile));
        }
    }

    /// <summary>Pixels that fit into the registers beside a row of weights and an element.</summary>
    private int TilePixels => Math.Max(1, Math.Min(12, _width.Registers - Math.Max(1, _columns.Taps.Count) - 2));

    /// <param name="x">The variable that counts pixels from the first; null for none.</param>
    private void EmitTile(RowLoop rows, string? x, int first, int pixels)
    {
        using (_writer.Open())
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                _writer.Line($"{_width.Type} sum{pixel} = start;");
            }

            if (rows.Taps > 0 && _columns.Taps.Count > 0)
            {
                using (_writer.Open($"for (int tap = 0; tap < {rows.Taps}; tap++)"))
                {
                    EmitTaps(rows, x, first, pixels);
                }
            }

            for (int pixel = 0; pixel < pixels; pixel++)
            {
                int place = ((first + pixel) * _columns.Stride) + _columns.First;
                ElementRef at = Refs.At("row", x, (long)_columns.Stride * TensorView.Block, (long)place * TensorView.Block);
                _writer.Line(_width.Store(ActivationEmitter.Apply(_activation, _width, $"sum{pixel}"), at));
            }
        }
    }

    private void EmitTaps(RowLoop rows, string? x, int first, int pixels)
    {
        string element = rows.FirstRow == 0 ? rows.Row : $"{rows.Row} + {rows.FirstRow}";
        _writer.Line($"int sourceRow = {element};");
        using (_writer.Open($"if ((uint)sourceRow >= {rows.Extent})"))
        {
            _writer.Line("continue;");
        }

        string column = x is null ? "" : $" + ({x} * {_columns.Step * TensorView.Block})";
        _writer.Line($"ref float pixels = ref {Refs.At("plane", $"(sourceRow * {_source.RowStride}){column}")};");
        _writer.Line($"ref float weightRow = ref {Refs.At("taps", $"tap * {rows.WeightStep}")};");
        var used = new HashSet<int>();
        ILookup<int, (int Pixel, Tap Tap)> byElement = (
            from pixel in Enumerable.Range(0, pixels)
            from tap in _columns.Taps
            where _columns.IsInside(first + pixel, tap)
            select (Pixel: pixel, Tap: tap)).ToLookup(use => ((first + use.Pixel) * _columns.Step) + use.Tap.Offset);
        foreach (IGrouping<int, (int Pixel, Tap Tap)> group in byElement.OrderBy(group => group.Key))
        {
            foreach ((_, Tap tap) in group.Where(use => used.Add(use.Tap.Weight)))
            {
                _writer.Line($"{_width.Type} weight{tap.Weight} = {_width.Load(Refs.At("weightRow", (long)tap.Weight * TensorView.Block))};");
            }

            string load = _width.Load(Refs.At("pixels", (long)group.Key * TensorView.Block));
            string name = $"element{group.Key}";
            _writer.Line($"{_width.Type} {name} = {load};");
            foreach ((int pixel, Tap tap) in group)
            {
                _writer.Line($"sum{pixel} = {_width.MultiplyAdd(name, $"weight{tap.Weight}", $"sum{pixel}")};");
            }
        }
    }

    /// <summary>The loop over a window's rows.</summary>
    /// <param name="Taps">Number of rows.</param>
    /// <param name="Row">The source's row at a tap, without <paramref name="FirstRow"/>.</param>
    /// <param name="FirstRow">The row at the first tap of the first result.</param>
    /// <param name="Extent">Number of source rows.</param>
    /// <param name="WeightStep">Floats from one row's weights to the next one's.</param>
    private sealed record RowLoop(int Taps, string Row, int FirstRow, int Extent, int WeightStep);
}
