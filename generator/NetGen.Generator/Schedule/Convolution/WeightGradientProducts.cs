using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A convolution's gradients of weights and bias as products over one image: the accumulators are a tile of weights, the reduction
/// runs over the pixels, and the sums go straight into the gradient block, which has the weights' layout.
/// </summary>
internal static class WeightGradientProducts
{
    /// <summary>The view of the input that the kernels read; a copy where it is not the input's own.</summary>
    public static TensorView Source(ConvolutionGeometry geometry, TensorView input) => geometry.IsBlocked
        ? ForwardProducts.PaddedSource(geometry, input)
        : ForwardProducts.PlanarSource(geometry);

    public static IReadOnlyList<ProductCall> Weights(ConvolutionGeometry geometry, TensorView source, TensorView outputGradient) =>
        geometry.IsBlocked
            ? ChannelSplit.Of(geometry.GroupInputs).Select(split => Blocked(geometry, source, outputGradient, split)).ToList()
            : TapPhase.ForwardClasses(geometry.Window.KernelW, geometry.Window.DilationW, geometry.Window.StrideW)
                .Select(taps => Planar(geometry, source, outputGradient, taps)).ToList();

    /// <summary>The sum of the output gradient over the pixels.</summary>
    public static ProductCall Bias(TensorView outputGradient)
    {
        bool blocked = outputGradient.Layout == TensorLayout.Blocked;
        TensorShape shape = outputGradient.Shape;
        var space = new ProductSpace(
            $"BiasGradient_{shape.Channels}x{shape.Height}x{shape.Width}",
            new OperandNames("", "outputGradient", "biasGradient"),
            LeftOperandKind.One,
            EquatableArray<BatchLoop>.Empty,
            EquatableArray<Axis>.Empty,
            blocked
                ? EquatableArray.Of(
                    new Axis("block", outputGradient.Blocks, outputGradient.BlockStride, TensorView.Block, MostTile: 1),
                    Axis.Lanes("lane", TensorView.Block))
                : EquatableArray.Of(new Axis("oc", shape.Channels, outputGradient.BlockStride, 1, MostTile: 1)),
            EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(
                new ReductionLoop("row", shape.Height, 0, outputGradient.RowStride),
                blocked
                    ? new ReductionLoop("pixel", shape.Width, 0, outputGradient.PixelStride)
                    : new ReductionLoop("column", shape.Width, 1, 1, IsLanes: true)))),
            InitialValue.Zero,
            null,
            blocked ? StoreMode.Accumulate : StoreMode.AccumulateLaneSum);
        return new ProductCall(space, Right: outputGradient.Origin);
    }

    private static ProductCall Blocked(ConvolutionGeometry geometry, TensorView source, TensorView outputGradient, ChannelSplit split)
    {
        Window2d window = geometry.Window;
        (int blockStep, int laneStep) = ChannelSplit.Steps(source);
        var space = new ProductSpace(
            $"ConvWeightGradient_{geometry.Name}",
            new OperandNames("source", "outputGradient", "weightGradient"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(new BatchLoop(
                "group",
                geometry.Groups,
                ChannelSplit.GroupStep(source, geometry.GroupInputs),
                geometry.GroupOutputs / TensorView.Block * outputGradient.BlockStride,
                geometry.GroupOutputs / TensorView.Block * geometry.WeightOutput)),
            EquatableArray.Of(
                new Axis("inputBlock", split.Blocks, blockStep, geometry.WeightInput, MostTile: 1),
                new Axis("kh", window.KernelH, window.DilationH * source.RowStride, geometry.WeightKernelRow),
                new Axis("ic", split.Lanes, laneStep, TensorView.Block),
                new Axis("kw", window.KernelW, window.DilationW * source.PixelStride, geometry.WeightKernelColumn)),
            EquatableArray.Of(
                new Axis("block", TensorView.RoundUp(geometry.GroupOutputs) / TensorView.Block, outputGradient.BlockStride, geometry.WeightOutput),
                Axis.Lanes("lane", TensorView.Block)),
            EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(
                new ReductionLoop("row", geometry.Output.Height, window.StrideH * source.RowStride, outputGradient.RowStride),
                new ReductionLoop("pixel", geometry.Output.Width, window.StrideW * source.PixelStride, outputGradient.PixelStride)))),
            InitialValue.Zero,
            null,
            StoreMode.Accumulate);
        return new ProductCall(
            space,
            Left: source.Offset(0, -window.PadTop, -window.PadLeft) + (split.Block * blockStep),
            Right: outputGradient.Origin,
            Destination: split.Block * geometry.WeightInput);
    }

    /// <summary>Both operands are rows of vectors; a weight's gradient is the sum over the lanes. The output gradient's padding columns are zero.</summary>
    private static ProductCall Planar(
        ConvolutionGeometry geometry, TensorView source, TensorView outputGradient, (int First, int Step, int Count) taps)
    {
        Window2d window = geometry.Window;
        var space = new ProductSpace(
            $"ConvWeightGradient_{geometry.Name}",
            new OperandNames("outputGradient", "source", "weightGradient"),
            LeftOperandKind.Vector,
            EquatableArray.Of(new BatchLoop(
                "group",
                geometry.Groups,
                geometry.GroupOutputs * outputGradient.BlockStride,
                geometry.GroupInputs * source.BlockStride,
                geometry.GroupOutputs * geometry.WeightOutput)),
            EquatableArray.Of(new Axis("oc", geometry.GroupOutputs, outputGradient.BlockStride, geometry.WeightOutput)),
            EquatableArray.Of(
                new Axis("ic", geometry.GroupInputs, source.BlockStride, geometry.WeightInput),
                new Axis("kh", window.KernelH, window.DilationH * source.RowStride, geometry.WeightKernelRow),
                new Axis("kw", taps.Count, taps.Step * window.DilationW / window.StrideW, taps.Step * geometry.WeightKernelColumn)),
            EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(
                new ReductionLoop("row", geometry.Output.Height, outputGradient.RowStride, window.StrideH * source.RowStride),
                new ReductionLoop("column", geometry.Output.Width, 1, 1, IsLanes: true)))),
            InitialValue.Zero,
            null,
            StoreMode.AccumulateLaneSum);
        return new ProductCall(
            space,
            Left: outputGradient.Origin,
            Right: source.Offset(0, -window.PadTop, (taps.First * window.DilationW) - window.PadLeft),
            Destination: taps.First * geometry.WeightKernelColumn);
    }
}
