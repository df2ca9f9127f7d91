using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>A convolution's forward pass as products.</summary>
internal static class ForwardProducts
{
    // Taps in padding are skipped where they are at least this part of all multiply-adds, and where at most this part of the time is left.
    private const double LeastPadding = 0.25, MostTime = 0.85;

    // Into so many segments rows and columns are cut at most; each pair of them is a kernel of its own.
    private const int MostSegments = 3;

    /// <summary>
    /// The view of the input that the kernels read: the input itself where no window leaves it, or taps that do are skipped, and its layout
    /// serves, else a copy in scratch memory with a border of zeros.
    /// </summary>
    public static TensorView Source(ConvolutionGeometry geometry, TensorView input) =>
        SkipsPadding(geometry, input) ? input : PaddedSource(geometry, input);

    /// <summary>The same, with a border wherever there is padding.</summary>
    public static TensorView PaddedSource(ConvolutionGeometry geometry, TensorView input)
    {
        Window2d window = geometry.Window;
        if (geometry.IsBlocked)
        {
            bool blocked = input.Layout == TensorLayout.Blocked && !SplitsBlocks(geometry);
            bool serves = blocked || input.Layout != TensorLayout.Blocked;
            if (serves && !geometry.HasPadding)
            {
                return input;
            }

            var border = new Border(window.PadTop, Below(geometry), window.PadLeft, Beside(geometry, geometry.Output.Width));
            return blocked ? TensorView.Blocked(geometry.Input, border) : TensorView.Planar(geometry.Input, border);
        }

        if (input.Layout == TensorLayout.Planar && !geometry.HasPadding && window.StrideW == 1)
        {
            return input;
        }

        return PlanarSource(geometry);
    }

    /// <summary>The input with a border of zeros, as vectors along the width read it: whole vectors, one phase a residue of the stride.</summary>
    public static TensorView PlanarSource(ConvolutionGeometry geometry) => TensorView.Planar(
        geometry.Input,
        new Border(
            geometry.Window.PadTop,
            Below(geometry),
            geometry.Window.PadLeft,
            Beside(geometry, TensorView.RoundUp(geometry.Output.Width))),
        geometry.Window.StrideW);

    /// <param name="store">Whether the result is stored or added to what is there, in both cases before the activation.</param>
    public static IReadOnlyList<ProductCall> Calls(
        ConvolutionGeometry geometry,
        TensorView source,
        TensorView output,
        ActivationOperator? activation,
        StoreMode store = StoreMode.Overwrite) => geometry.IsBlocked
            ? Segments(geometry, source).Select(segment => Blocked(geometry, source, output, activation, store, segment)).ToList()
            : [Planar(geometry, source, output, activation, store)];

    /// <summary>
    /// Whether taps that meet padding only are skipped: windows of large dilation have many of those (Chen et al., 2017, dilate by 36 on maps of
    /// 28, where one tap of nine is left), and their border is many times the image.
    /// </summary>
    private static bool SkipsPadding(ConvolutionGeometry geometry, TensorView input)
    {
        if (!geometry.HasPadding || !geometry.IsBlocked || geometry.IsDepthwise || input.Layout != TensorLayout.Blocked || SplitsBlocks(geometry))
        {
            return false;
        }

        IReadOnlyList<TapSegment> rows = Rows(geometry), columns = Columns(geometry);
        if (rows.Count > MostSegments || columns.Count > MostSegments || rows.Concat(columns).Any(segment => segment.Taps == 0))
        {
            return false;
        }

        double inside = Inside(rows, geometry.Window.KernelH) * Inside(columns, geometry.Window.KernelW);
        return inside <= 1 - LeastPadding && Cycles(input) <= MostTime * Cycles(PaddedSource(geometry, input));

        static double Inside(IReadOnlyList<TapSegment> segments, int kernel) =>
            segments.Sum(segment => (double)segment.Count * segment.Taps) / (segments.Sum(segment => (double)segment.Count) * kernel);

        double Cycles(TensorView source) =>
            Calls(geometry, source, geometry.OutputView, null).Sum(call => ProductTiler.Cycles(call.Space, VectorWidth.V512));
    }

    /// <summary>The parts of the result that have windows of the same taps; all of it where the source has a border.</summary>
    private static IEnumerable<(TapSegment Rows, TapSegment Columns)> Segments(ConvolutionGeometry geometry, TensorView source)
    {
        Window2d window = geometry.Window;
        return geometry.IsBlocked && geometry.HasPadding && source != PaddedSource(geometry, source)
            ? Rows(geometry).SelectMany(rows => Columns(geometry).Select(columns => (rows, columns)))
            : [(new TapSegment(0, geometry.Output.Height, 0, window.KernelH), new TapSegment(0, geometry.Output.Width, 0, window.KernelW))];
    }

    private static IReadOnlyList<TapSegment> Rows(ConvolutionGeometry geometry) => TapSegment.Of(
        geometry.Output.Height, geometry.Input.Height, geometry.Window.KernelH, geometry.Window.StrideH, geometry.Window.PadTop, geometry.Window.DilationH);

    private static IReadOnlyList<TapSegment> Columns(ConvolutionGeometry geometry) => TapSegment.Of(
        geometry.Output.Width, geometry.Input.Width, geometry.Window.KernelW, geometry.Window.StrideW, geometry.Window.PadLeft, geometry.Window.DilationW);

    /// <summary>Whether a group ends within a block of 16 channels.</summary>
    private static bool SplitsBlocks(ConvolutionGeometry geometry) => geometry.Groups > 1 && geometry.GroupInputs % TensorView.Block != 0;

    private static ProductCall Blocked(
        ConvolutionGeometry geometry,
        TensorView source,
        TensorView output,
        ActivationOperator? activation,
        StoreMode store,
        (TapSegment Rows, TapSegment Columns) segment)
    {
        Window2d window = geometry.Window;
        (TapSegment rows, TapSegment columns) = segment;
        bool isPart = rows.Count < geometry.Output.Height || columns.Count < geometry.Output.Width || rows.Taps < window.KernelH || columns.Taps < window.KernelW;
        string part = isPart ? $"_taps{rows.FirstTap}x{columns.FirstTap}to{rows.FirstTap + rows.Taps}x{columns.FirstTap + columns.Taps}" : "";
        (int blockStep, int laneStep) = ChannelSplit.Steps(source);
        bool isWhole = geometry.Groups == 1 && geometry.GroupInputs % TensorView.Block == 0;
        var space = new ProductSpace(
            $"Conv_{geometry.Name}{part}",
            new OperandNames("source", "weights", "destination"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(new BatchLoop(
                "group",
                geometry.Groups,
                ChannelSplit.GroupStep(source, geometry.GroupInputs),
                geometry.GroupOutputs / TensorView.Block * geometry.WeightOutput,
                geometry.GroupOutputs / TensorView.Block * output.BlockStride,
                geometry.GroupOutputs)),
            Axis.Joined(
                new Axis("row", rows.Count, window.StrideH * source.RowStride, output.RowStride),
                new Axis("pixel", columns.Count, window.StrideW * source.PixelStride, output.PixelStride)),
            EquatableArray.Of(
                new Axis("block", TensorView.RoundUp(geometry.GroupOutputs) / TensorView.Block, geometry.WeightOutput, output.BlockStride, TensorView.Block),
                Axis.Lanes("lane", TensorView.Block)),
            ChannelSplit.Of(geometry.GroupInputs).Select(Nest).ToEquatableArray(),
            geometry.Operator.HasBias ? InitialValue.BiasAlongRight : InitialValue.Zero,
            activation,
            store,
            MemoryLevels.Of(geometry.WeightStorage.Floats))
        {
            NameOfAnyDepth = isWhole ? $"Conv_{geometry.NameWithoutChannels}{part}" : null,
            NameOfAnyShape = isWhole && source.Layout == TensorLayout.Blocked && window is { KernelH: 1, KernelW: 1 } ? "Conv_k1" : null,
        };
        return new ProductCall(
            space,
            Left: source.Offset(0, InImage(rows, window.StrideH, window.PadTop, window.DilationH), InImage(columns, window.StrideW, window.PadLeft, window.DilationW)),
            Right: (rows.FirstTap * geometry.WeightKernelRow) + (columns.FirstTap * geometry.WeightKernelColumn),
            Destination: (rows.First * output.RowStride) + (columns.First * output.PixelStride));

        static int InImage(TapSegment segment, int stride, int padding, int dilation) => (segment.First * stride) - padding + (segment.FirstTap * dilation);

        ReductionNest Nest(ChannelSplit split)
        {
            var block = new ReductionLoop("inputBlock", split.Blocks, blockStep, geometry.WeightInput);
            var channel = new ReductionLoop("ic", split.Lanes, laneStep, TensorView.Block);
            var row = new ReductionLoop("kh", rows.Taps, window.DilationH * source.RowStride, geometry.WeightKernelRow);
            var column = new ReductionLoop("kw", columns.Taps, window.DilationW * source.PixelStride, geometry.WeightKernelColumn);
            return new ReductionNest(
                split.Block * blockStep,
                split.Block * geometry.WeightInput,
                source.Layout == TensorLayout.Blocked
                    ? EquatableArray.Of(block, row, column, channel)
                    : EquatableArray.Of(block, channel, row, column));
        }
    }

    private static ProductCall Planar(
        ConvolutionGeometry geometry, TensorView source, TensorView output, ActivationOperator? activation, StoreMode store)
    {
        Window2d window = geometry.Window;
        var space = new ProductSpace(
            $"Conv_{geometry.Name}",
            new OperandNames("weights", "source", "destination"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(new BatchLoop(
                "group",
                geometry.Groups,
                geometry.GroupOutputs * geometry.WeightOutput,
                geometry.GroupInputs * source.BlockStride,
                geometry.GroupOutputs * output.BlockStride,
                geometry.GroupOutputs)),
            EquatableArray.Of(new Axis("oc", geometry.GroupOutputs, geometry.WeightOutput, output.BlockStride, 1)),
            EquatableArray.Of(
                new Axis("row", geometry.Output.Height, window.StrideH * source.RowStride, output.RowStride),
                Axis.Lanes("column", geometry.Output.Width)),
            TapPhase.ForwardClasses(window.KernelW, window.DilationW, window.StrideW).Select(Nest).ToEquatableArray(),
            geometry.Operator.HasBias ? InitialValue.BiasAlongLeft : InitialValue.Zero,
            activation,
            store);
        return new ProductCall(space);

        ReductionNest Nest((int First, int Step, int Count) taps) => new(
            taps.First * geometry.WeightKernelColumn,
            source.Offset(0, -window.PadTop, (taps.First * window.DilationW) - window.PadLeft),
            EquatableArray.Of(
                new ReductionLoop("ic", geometry.GroupInputs, geometry.WeightInput, source.BlockStride),
                new ReductionLoop("kh", window.KernelH, geometry.WeightKernelRow, window.DilationH * source.RowStride),
                new ReductionLoop(
                    "kw",
                    taps.Count,
                    taps.Step * geometry.WeightKernelColumn,
                    taps.Step * window.DilationW / window.StrideW)));
    }

    /// <summary>Rows below the input that windows reach.</summary>
    private static int Below(ConvolutionGeometry geometry) => Math.Max(
        0,
        ((geometry.Output.Height - 1) * geometry.Window.StrideH) + (int)geometry.Window.ExtentH - geometry.Window.PadTop - geometry.Input.Height);

    /// <summary>Columns beside the input that windows reach from so many positions.</summary>
    private static int Beside(ConvolutionGeometry geometry, int positions) => Math.Max(
        0,
        ((positions - 1) * geometry.Window.StrideW) + (int)geometry.Window.ExtentW - geometry.Window.PadLeft - geometry.Input.Width);
}
