using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule;

/// <summary>
/// A matrix product with its storage and its products. Weights lie in blocks of 16 outputs [O/16][K][16]: a block is read once, front to back,
/// several of them side by side, since a core fetches ahead in each of them by itself. Row k of a block is the k-th input in the order in which
/// the input lies, so that a flattened map is read in place.
/// </summary>
internal sealed record LinearGeometry(LinearOp Operator, TensorView Input, int Images)
{
    /// <summary>Blocks read side by side at most: more gain nothing.</summary>
    private const int MostBlocksAtOnce = 8;

    public int InFeatures => (int)Input.Shape.Length;

    public int OutFeatures => Operator.OutFeatures;

    public int OutputBlocks => PaddedOutputs / TensorView.Block;

    public int PaddedOutputs => TensorView.RoundUp(OutFeatures);

    /// <summary>Half of the blocks at most, so that two threads have something to share.</summary>
    private int BlocksAtOnce => Math.Max(1, Math.Min(MostBlocksAtOnce, OutputBlocks / 2));

    private int BlockFloats => InFeatures * TensorView.Block;

    public TensorView OutputView => TensorView.Vector(OutFeatures, PaddedOutputs);

    public ParameterStorage WeightStorage => new(
        OutputBlocks * BlockFloats,
        EquatableArray.Of(ParameterStorage.BlockedAxis(TensorView.Block, 1, BlockFloats), ParameterStorage.FlattenedAxis(Input, TensorView.Block)));

    public ParameterStorage BiasStorage => new(PaddedOutputs, EquatableArray.Of(ParameterStorage.Axis(1)));

    // The transposed gradients of a micro-batch have its images in the lanes.

    private int Lanes => TensorView.RoundUp(Images);

    public int TransposedOutputFloats => OutFeatures * Lanes;

    public int TransposedInputFloats => InFeatures * Lanes;

    public int TransposedStride => Lanes;

    /// <summary>y = W·x + b for all the images that the step has room for.</summary>
    public ProductCall Forward(int inputStride, int outputStride, ActivationOperator? activation) => new(new ProductSpace(
        $"Linear_{(Images > 1 ? $"{Images}x" : "")}{InFeatures}_to_{OutFeatures}",
        new OperandNames("source", "weights", "destination"),
        LeftOperandKind.Broadcast,
        EquatableArray<BatchLoop>.Empty,
        EquatableArray.Of(new Axis("image", Images, inputStride, outputStride)),
        EquatableArray.Of(
            new Axis("block", OutputBlocks, BlockFloats, TensorView.Block, TensorView.Block, MostTile: BlocksAtOnce),
            Axis.Lanes("lane", TensorView.Block)),
        EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(new ReductionLoop("k", InFeatures, 1, TensorView.Block)))),
        Operator.HasBias ? InitialValue.BiasAlongRight : InitialValue.Zero,
        activation,
        StoreMode.Overwrite,
        MemoryLevels.Of(WeightStorage.Floats)));

    /// <summary>dW += x ⊗ dy, summed over the images of the call.</summary>
    public ProductCall WeightGradient(int inputStride, int outputStride) => new(new ProductSpace(
        $"LinearWeightGradient_{InFeatures}_to_{OutFeatures}",
        new OperandNames("source", "outputGradient", "weightGradient"),
        LeftOperandKind.Broadcast,
        EquatableArray<BatchLoop>.Empty,
        EquatableArray.Of(new Axis("k", InFeatures, 1, TensorView.Block)),
        EquatableArray.Of(
            new Axis("block", OutputBlocks, TensorView.Block, BlockFloats, MostTile: 1),
            Axis.Lanes("lane", TensorView.Block)),
        EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(
            new ReductionLoop("image", Images, inputStride, outputStride, IsCount: true)))),
        InitialValue.Zero,
        null,
        StoreMode.Accumulate));

    /// <summary>db += dy, summed over the images of the call.</summary>
    public ProductCall BiasGradient(int outputStride) => new(new ProductSpace(
        $"LinearBiasGradient_{OutFeatures}",
        new OperandNames("", "outputGradient", "biasGradient"),
        LeftOperandKind.One,
        EquatableArray<BatchLoop>.Empty,
        EquatableArray<Axis>.Empty,
        EquatableArray.Of(Axis.Lanes("lane", PaddedOutputs)),
        EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(new ReductionLoop("image", Images, 0, outputStride, IsCount: true)))),
        InitialValue.Zero,
        null,
        StoreMode.Accumulate));

    /// <summary>dxᵀ = Wᵀ·dyᵀ with the images in the lanes, so that the weights are read as they lie.</summary>
    public ProductCall DataGradient() => new(new ProductSpace(
        $"LinearDataGradient_{InFeatures}_from_{OutFeatures}x{Images}",
        new OperandNames("weights", "outputGradient", "inputGradient"),
        LeftOperandKind.Broadcast,
        EquatableArray<BatchLoop>.Empty,
        EquatableArray.Of(new Axis("k", InFeatures, TensorView.Block, Lanes)),
        EquatableArray.Of(Axis.Lanes("lane", Lanes)),
        BlockSplits().ToEquatableArray(),
        InitialValue.Zero,
        null,
        StoreMode.Overwrite));

    private IEnumerable<ReductionNest> BlockSplits()
    {
        int whole = OutFeatures / TensorView.Block, rest = OutFeatures % TensorView.Block;
        if (whole > 0)
        {
            yield return Nest(0, whole, TensorView.Block);
        }

        if (rest > 0)
        {
            yield return Nest(whole, 1, rest);
        }

        ReductionNest Nest(int block, int blocks, int outputs) => new(
            block * BlockFloats,
            block * TensorView.Block * Lanes,
            EquatableArray.Of(
                new ReductionLoop("block", blocks, BlockFloats, TensorView.Block * Lanes),
                new ReductionLoop("o", outputs, 1, Lanes)));
    }
}
