using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>A convolution's forward pass as products.</summary>
internal static class ForwardProducts
{
    /// <summary>
    /// The view of the input that the kernels read: the input itself where no window leaves it and its layout serves, else a copy in
    /// scratch memory with a border of zeros.
    /// </summary>
    public static TensorView Source(ConvolutionGeometry geometry, TensorView input)
    {
        Window2d window = geometry.Window;
        if (geometry.IsBlocked)
        {
            bool splitsBlocks = geometry.Groups > 1 && geometry.GroupInputs % TensorView.Block != 0;
            bool blocked = input.Layout == TensorLayout.Blocked && !splitsBlocks;
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
            ? [Blocked(geometry, source, output, activation, store)]
            : [Planar(geometry, source, output, activation, store)];

    private static ProductCall Blocked(
        ConvolutionGeometry geometry, TensorView source, TensorView output, ActivationOperator? activation, StoreMode store)
    {
        Window2d window = geometry.Window;
        (int blockStep, int laneStep) = ChannelSplit.Steps(source);
        bool isWhole = geometry.Groups == 1 && geometry.GroupInputs % TensorView.Block == 0;
        var space = new ProductSpace(
            $"Conv_{geometry.Name}",
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
                new Axis("row", geometry.Output.Height, window.StrideH * source.RowStride, output.RowStride),
                new Axis("pixel", geometry.Output.Width, window.StrideW * source.PixelStride, output.PixelStride)),
            EquatableArray.Of(
                new Axis("block", TensorView.RoundUp(geometry.GroupOutputs) / TensorView.Block, geometry.WeightOutput, output.BlockStride, TensorView.Block),
                Axis.Lanes("lane", TensorView.Block)),
            ChannelSplit.Of(geometry.GroupInputs).Select(Nest).ToEquatableArray(),
            geometry.Operator.HasBias ? InitialValue.BiasAlongRight : InitialValue.Zero,
            activation,
            store,
            MemoryLevels.Of(geometry.WeightStorage.Floats))
        {
            NameOfAnyDepth = isWhole ? $"Conv_{geometry.NameWithoutChannels}" : null,
            NameOfAnyShape = isWhole && source.Layout == TensorLayout.Blocked && window is { KernelH: 1, KernelW: 1 } ? "Conv_k1" : null,
        };
        return new ProductCall(space, Left: source.Offset(0, -window.PadTop, -window.PadLeft));

        ReductionNest Nest(ChannelSplit split)
        {
            var block = new ReductionLoop("inputBlock", split.Blocks, blockStep, geometry.WeightInput);
            var channel = new ReductionLoop("ic", split.Lanes, laneStep, TensorView.Block);
            var row = new ReductionLoop("kh", window.KernelH, window.DilationH * source.RowStride, geometry.WeightKernelRow);
            var column = new ReductionLoop("kw", window.KernelW, window.DilationW * source.PixelStride, geometry.WeightKernelColumn);
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
