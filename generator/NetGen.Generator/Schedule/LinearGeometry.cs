using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule;

/// <summary>
/// A matrix product with its storage and its products. Weights lie in panels [O/width][K][width]: a panel is read once, front to back.
/// Row k of a panel is the k-th input in the order in which the input lies, so that a flattened map is read in place.
/// </summary>
internal sealed record LinearGeometry(LinearOp Operator, TensorView Input, int Images)
{
    private const int WidestPanel = 64;
    private const int NarrowestPanel = 32;

    public int InFeatures => (int)Input.Shape.Length;

    public int OutFeatures => Operator.OutFeatures;

    /// <summary>Outputs in a panel: a multiple of 16 up to 64, the one that pads least.</summary>
    public int PanelWidth
    {
        get
        {
            int all = TensorView.RoundUp(OutFeatures);
            if (all <= WidestPanel)
            {
                return all;
            }

            int best = WidestPanel;
            for (int width = WidestPanel; width >= NarrowestPanel; width -= TensorView.Block)
            {
                best = Padded(width) < Padded(best) ? width : best;
            }

            return best;

            int Padded(int width) => (OutFeatures + width - 1) / width * width;
        }
    }

    public int Panels => (OutFeatures + PanelWidth - 1) / PanelWidth;

    public int PaddedOutputs => Panels * PanelWidth;

    private int PanelFloats => InFeatures * PanelWidth;

    public TensorView OutputView => TensorView.Vector(OutFeatures, PaddedOutputs);

    public ParameterStorage WeightStorage => new(
        Panels * PanelFloats,
        EquatableArray.Of(ParameterStorage.BlockedAxis(PanelWidth, 1, PanelFloats), ParameterStorage.FlattenedAxis(Input, PanelWidth)));

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
            new Axis("panel", Panels, PanelFloats, PanelWidth, PanelWidth, CanTile: false),
            Axis.Lanes("lane", PanelWidth)),
        EquatableArray.Of(new ReductionNest(0, 0, EquatableArray.Of(new ReductionLoop("k", InFeatures, 1, PanelWidth)))),
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
        EquatableArray.Of(new Axis("k", InFeatures, 1, PanelWidth)),
        EquatableArray.Of(
            new Axis("panel", Panels, PanelWidth, PanelFloats, CanTile: false),
            Axis.Lanes("lane", PanelWidth)),
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
        EquatableArray.Of(new Axis("k", InFeatures, PanelWidth, Lanes)),
        EquatableArray.Of(Axis.Lanes("lane", Lanes)),
        PanelSplits().ToEquatableArray(),
        InitialValue.Zero,
        null,
        StoreMode.Overwrite));

    private IEnumerable<ReductionNest> PanelSplits()
    {
        int whole = OutFeatures / PanelWidth, rest = OutFeatures % PanelWidth;
        if (whole > 0)
        {
            yield return Nest(0, whole, PanelWidth);
        }

        if (rest > 0)
        {
            yield return Nest(whole, 1, rest);
        }

        ReductionNest Nest(int panel, int panels, int outputs) => new(
            panel * PanelFloats,
            panel * PanelWidth * Lanes,
            EquatableArray.Of(
                new ReductionLoop("panel", panels, PanelFloats, PanelWidth * Lanes),
                new ReductionLoop("o", outputs, 1, Lanes)));
    }
}
