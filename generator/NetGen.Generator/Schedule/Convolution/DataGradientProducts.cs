using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A convolution's gradient of its input as products: every input pixel gathers from the output pixels that it reached. With a
/// stride the input's pixels fall into phases, each of which meets its own taps.
/// </summary>
internal sealed class DataGradientProducts
{
    private readonly ConvolutionGeometry _geometry;
    private readonly TransposedEnding? _transposed;
    private readonly List<TapPhase> _rows;
    private readonly List<TapPhase> _columns;

    /// <param name="input">Where the gradient is to lie.</param>
    /// <param name="transposed">What goes with it where it is a transposed convolution's result.</param>
    public DataGradientProducts(ConvolutionGeometry geometry, TensorView input, TransposedEnding? transposed = null)
    {
        _geometry = geometry;
        _transposed = transposed;
        Window2d window = geometry.Window;
        _rows = TapPhase.GradientPhases(geometry.Input.Height, window.KernelH, window.DilationH, window.StrideH, window.PadTop).ToList();
        _columns = TapPhase.GradientPhases(geometry.Input.Width, window.KernelW, window.DilationW, window.StrideW, window.PadLeft).ToList();
        IsBlocked = input.Layout == TensorLayout.Blocked && (geometry.Groups == 1 || geometry.GroupInputs % TensorView.Block == 0);
        Target = IsBlocked || (input.Layout == TensorLayout.Planar && window.StrideW == 1)
            ? input
            : TensorView.Planar(geometry.Input, new Border(0, 0, 0, 0), window.StrideW);
        Source = ChooseSource();
    }

    /// <summary>Whether vectors lie over blocks of input channels, and weights are repacked for it; else they lie along the width.</summary>
    public bool IsBlocked { get; }

    /// <summary>The view of the output gradient that the kernels read: a copy with a border of zeros.</summary>
    public TensorView Source { get; }

    /// <summary>The view that the kernels write: the input gradient's own, or one in scratch memory to be copied from.</summary>
    public TensorView Target { get; }

    /// <summary>Whether some pixels meet no tap, so that the result has to be cleared first.</summary>
    public bool HasGaps => _rows.Concat(_columns).Any(phase => phase.Count == 0);

    // Strides of the repacked weights: [group][IC/16][kh][kw][oc][16 ic].

    public const int PackOutput = TensorView.Block;

    public int PackColumn => _geometry.GroupOutputs * PackOutput;

    public int PackRow => _geometry.Window.KernelW * PackColumn;

    public int PackBlock => _geometry.Window.KernelH * PackRow;

    public int PackBlocks => TensorView.RoundUp(_geometry.GroupInputs) / TensorView.Block;

    public int PackedFloats => IsBlocked ? _geometry.Groups * PackBlocks * PackBlock : 0;

    public IReadOnlyList<ProductCall> Calls() => (
        from row in _rows
        from column in _columns
        where row.Count > 0 && column.Count > 0
        from call in IsBlocked ? [Blocked(row, column)] : Planar(row, column)
        select call).ToList();

    private string Name => $"{(_transposed is null ? "ConvDataGradient" : "ConvTranspose")}_{_geometry.Name}";

    private bool HasBias => _transposed is { HasBias: true };

    private TensorView ChooseSource()
    {
        int width = _geometry.Output.Width;
        int top = Math.Max(0, -TapPhase.LowestSource(_rows)), left = Math.Max(0, -TapPhase.LowestSource(_columns));
        int bottom = Math.Max(0, TapPhase.HighestSource(_rows) - (_geometry.Output.Height - 1));
        int right = Math.Max(0, TapPhase.HighestSource(_columns) - (width - 1));
        if (IsBlocked)
        {
            var border = new Border(top, bottom, left, right);
            return _geometry.IsBlocked ? TensorView.Blocked(_geometry.Output, border) : TensorView.Planar(_geometry.Output, border);
        }

        // Whole vectors are read along the width.
        int last = _columns.Max(phase => phase.SourceFirst + TensorView.RoundUp(phase.Positions) - 1);
        return TensorView.Planar(_geometry.Output, new Border(top, bottom, left, Math.Max(0, last - (width - 1))));
    }

    private ProductCall Blocked(TapPhase rows, TapPhase columns)
    {
        (int blockStep, int laneStep) = ChannelSplit.Steps(Source);
        Window2d window = _geometry.Window;
        var space = new ProductSpace(
            Name,
            _transposed is null ? new OperandNames("outputGradient", "weights", "inputGradient") : new OperandNames("source", "weights", "destination"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(new BatchLoop(
                "group",
                _geometry.Groups,
                ChannelSplit.GroupStep(Source, _geometry.GroupOutputs),
                PackBlocks * PackBlock,
                ChannelSplit.GroupStep(Target, _geometry.GroupInputs),
                _geometry.GroupInputs)),
            EquatableArray.Of(
                new Axis("row", rows.Positions, Source.RowStride, window.StrideH * Target.RowStride),
                new Axis("pixel", columns.Positions, Source.PixelStride, window.StrideW * Target.PixelStride)),
            EquatableArray.Of(
                new Axis("block", PackBlocks, PackBlock, Target.BlockStride, TensorView.Block),
                Axis.Lanes("lane", TensorView.Block)),
            ChannelSplit.Of(_geometry.GroupOutputs).Select(Nest).ToEquatableArray(),
            HasBias ? InitialValue.BiasAlongRight : InitialValue.Zero,
            _transposed?.Activation,
            StoreMode.Overwrite);
        return new ProductCall(
            space,
            Left: Source.Offset(0, rows.SourceFirst, columns.SourceFirst),
            Right: (rows.First * PackRow) + (columns.First * PackColumn),
            Destination: Target.Offset(0, rows.Position, columns.Position));

        ReductionNest Nest(ChannelSplit split)
        {
            var block = new ReductionLoop("outputBlock", split.Blocks, blockStep, TensorView.Block * PackOutput);
            var channel = new ReductionLoop("oc", split.Lanes, laneStep, PackOutput);
            var row = new ReductionLoop("kh", rows.Count, rows.SourceStep * Source.RowStride, rows.Step * PackRow);
            var column = new ReductionLoop("kw", columns.Count, columns.SourceStep * Source.PixelStride, columns.Step * PackColumn);
            return new ReductionNest(
                split.Block * blockStep,
                split.Block * TensorView.Block * PackOutput,
                Source.Layout == TensorLayout.Blocked
                    ? EquatableArray.Of(block, row, column, channel)
                    : EquatableArray.Of(block, channel, row, column));
        }
    }

    private IEnumerable<ProductCall> Planar(TapPhase rows, TapPhase columns) => _geometry.IsBlocked
        ? ChannelSplit.Of(_geometry.GroupInputs).Select(split => Planar(
            rows,
            columns,
            EquatableArray.Of(
                new Axis("inputBlock", split.Blocks, _geometry.WeightInput, TensorView.Block * Target.BlockStride, TensorView.Block, MostTile: 1),
                new Axis("ic", split.Lanes, TensorView.Block, Target.BlockStride, 1)),
            ChannelSplit.Of(_geometry.GroupOutputs),
            (_geometry.WeightOutput, 1),
            _geometry.GroupOutputs / TensorView.Block * _geometry.WeightOutput,
            split.Block))
        : [Planar(
            rows,
            columns,
            EquatableArray.Of(new Axis("ic", _geometry.GroupInputs, _geometry.WeightInput, Target.BlockStride, 1)),
            [new ChannelSplit(0, 1, _geometry.GroupOutputs)],
            (0, _geometry.WeightOutput),
            _geometry.GroupOutputs * _geometry.WeightOutput,
            0)];

    private ProductCall Planar(
        TapPhase rows,
        TapPhase columns,
        EquatableArray<Axis> channels,
        IEnumerable<ChannelSplit> outputs,
        (int Block, int Lane) outputSteps,
        int weightGroup,
        int firstBlock)
    {
        Window2d window = _geometry.Window;
        var space = new ProductSpace(
            Name,
            _transposed is null ? new OperandNames("weights", "outputGradient", "inputGradient") : new OperandNames("weights", "source", "destination"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(new BatchLoop(
                "group",
                _geometry.Groups,
                weightGroup,
                _geometry.GroupOutputs * Source.BlockStride,
                _geometry.GroupInputs * Target.BlockStride,
                _geometry.GroupInputs)),
            channels,
            EquatableArray.Of(
                new Axis("row", rows.Positions, Source.RowStride, window.StrideH * Target.RowStride),
                Axis.Lanes("column", columns.Positions)),
            outputs.Select(split => new ReductionNest(
                split.Block * outputSteps.Block,
                split.Block * TensorView.Block * Source.BlockStride,
                EquatableArray.Of(
                    new ReductionLoop("outputBlock", split.Blocks, outputSteps.Block, TensorView.Block * Source.BlockStride),
                    new ReductionLoop("oc", split.Lanes, outputSteps.Lane, Source.BlockStride),
                    new ReductionLoop("kh", rows.Count, rows.Step * _geometry.WeightKernelRow, rows.SourceStep * Source.RowStride),
                    new ReductionLoop("kw", columns.Count, columns.Step * _geometry.WeightKernelColumn, columns.SourceStep)))).ToEquatableArray(),
            HasBias ? InitialValue.BiasAlongLeft : InitialValue.Zero,
            _transposed?.Activation,
            StoreMode.Overwrite);
        // Where a phase starts is the call's, not the kernel's: phases of as many positions and taps share one.
        return new ProductCall(
            space,
            Left: (firstBlock * _geometry.WeightInput) + (rows.First * _geometry.WeightKernelRow) + (columns.First * _geometry.WeightKernelColumn),
            Right: Source.Offset(0, rows.SourceFirst, columns.SourceFirst),
            Bias: firstBlock * TensorView.Block,
            Destination: Target.Offset(firstBlock * TensorView.Block, rows.Position, columns.Position));
    }
}
