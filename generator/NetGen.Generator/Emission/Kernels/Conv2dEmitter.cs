using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission.Kernels.Depthwise;
using NetGen.Generator.Emission.Kernels.BatchNorm;
using NetGen.Generator.Emission.Kernels.Strassen;
using NetGen.Generator.Emission.Kernels.Winograd;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes convolutions as products over register tiles; <see cref="ConvolutionPlan"/> says where their vectors lie.</summary>
internal sealed partial class Conv2dEmitter : OperatorEmitter<Conv2dOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        new ConvolutionGeometry((Conv2dOp)node.Operator, input.Shape, output) { TakesDepthwise = true }.OutputView;

    /// <summary>The algorithm at inference that pays, if one does; in training weights change too often to transform them.</summary>
    public override LoweringChoice? Choose(NodePlan plan)
    {
        ConvolutionGeometry geometry = Geometry(plan);
        return plan.IsTraining || plan.Options.Convolution == ConvolutionChoice.Direct || geometry.MergesGroups ? null
            : ConvolutionCost.ChooseWinograd(geometry, plan.Input, plan.WeightSource) is { } winograd ? new WinogradChoice(winograd)
            : ConvolutionCost.ChooseStrassen(geometry, plan.Input, plan.WeightSource) is { } strassen ? new StrassenChoice(strassen)
            : null;
    }

    /// <summary>Winograd's tiles have an even side, so that a pool of 2×2 behind a monotone function is taken before anything is stored.</summary>
    public override NodePlan? Fuse(NodePlan plan, Node reader) =>
        plan.Choice is WinogradChoice
        && reader.Operator is MaxPool2dOp pool
        && pool.IsHalving(plan.OutputShape)
        && plan.Node.Activation is null or { IsMonotone: true }
        && ConvolutionCost.ChooseWinograd(Geometry(plan), plan.Input, plan.WeightSource, pooled: true) is { } winograd
            ? plan with
            {
                Node = plan.Node with { Output = reader.Output },
                Output = TensorView.Blocked(pool.InferShape(EquatableArray.Of(plan.OutputShape))),
                Choice = new WinogradChoice(winograd),
                Pool = pool,
            }
            : null;

    public override NodePlan? FuseSum(NodePlan plan, Node sum, int addend) => plan.Node.Activation is not null || Geometry(plan).IsDepthwise
        ? null
        : plan with { Node = plan.Node with { Output = sum.Output, Activation = sum.Activation }, Addend = addend };

    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
        [Geometry(plan).WithoutMerging.WeightStorage, ParameterStorage.Vector(plan.OutputShape.Channels)];

    public override int ForwardScratch(NodePlan plan)
    {
        if (Algorithm(plan) is { } algorithm)
        {
            return algorithm.ForwardScratch;
        }

        TensorView source = SourceView(Geometry(plan), plan.Input);
        return source == plan.Input ? 0 : source.Floats;
    }

    public override int PartScratch(NodePlan plan) => Algorithm(plan)?.PartScratch ?? 0;

    public override bool CanShare(NodePlan plan) => true;

    public override int BackwardScratch(NodePlan plan) => Backward.Of(plan).ScratchFloats;

    // Weights with a normalisation folded in lie behind its factors and shifts; the shifts are their bias.
    public override int PackedFloats(NodePlan plan) => !plan.IsTraining
        ? NormalizationFolds.Floats(plan) + (Algorithm(plan)?.PackedFloats ?? (ReadsPacked(plan) ? Geometry(plan).WeightStorage.Floats : 0))
        : plan.NeedsInputGradient && !Geometry(plan).IsDepthwise ? new DataGradientProducts(Geometry(plan), plan.Input).PackedFloats : 0;

    public override string Inspection(Node node, string arguments)
    {
        var convolution = (Conv2dOp)node.Operator;
        return $"Conv2d({arguments}{InspectionProgramEmitter.WindowArguments(convolution.Window, convolution.Groups)})";
    }

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ConvolutionGeometry geometry = Geometry(plan);
        TensorView source = SourceView(geometry, plan.Input);
        ActivationOperator? activation = plan.Node.Activation;
        NormalizationFolds.EmitWeights(step, writer, ReadsPacked(plan), geometry.Operator.HasBias);

        writer.ForEachImage([("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)], () =>
        {
            if (Algorithm(plan) is { } algorithm)
            {
                algorithm.Emit(writer, plan);
                return;
            }

            string read = EmitCopy(writer, plan.Input, "input", source, "scratch", canShare: true);
            if (geometry.IsDepthwise)
            {
                DepthwiseKernels.EmitForward(writer, geometry, source, read, plan.Output, ActivationEmitter.InRegisters(activation));
                return;
            }

            ProductEmitter.EmitCalls(
                writer,
                ForwardProducts.Calls(
                    geometry,
                    source,
                    plan.Output,
                    ActivationEmitter.InRegisters(activation),
                    plan.Addend is null ? StoreMode.Overwrite : StoreMode.Accumulate),
                geometry.IsBlocked ? read : "weights",
                geometry.IsBlocked ? "weights" : read,
                "output",
                "bias",
                canShare: true);
        });
        ActivationEmitter.EmitPass(writer, activation, step);
    }

    public override void EmitPack(Step step, StepWriter writer)
    {
        ConvolutionGeometry geometry = Geometry(step.Plan);
        if (!step.Plan.IsTraining)
        {
            EmitInferencePack(step, writer, geometry);
            return;
        }

        TransposedWeights.EmitPack(
            writer.Writer,
            geometry,
            new DataGradientProducts(geometry, step.Plan.Input),
            Refs.At("parameters", step.ParameterOffset("weight")),
            Refs.At("packed", step.Packed));
    }

    /// <summary>Whether a prediction reads other weights than the parameters themselves.</summary>
    private static bool ReadsPacked(NodePlan plan) => Algorithm(plan) is not null || plan.Node.Normalization is not null || Geometry(plan).MergesGroups;

    private static void EmitInferencePack(Step step, StepWriter writer, ConvolutionGeometry geometry)
    {
        NodePlan plan = step.Plan;
        string weights = writer.At("parameters", "weightsStart", step.ParameterOffset("weight"));
        string packed = writer.At("packed", "packedStart", step.Packed + NormalizationFolds.Floats(plan));
        string? scale = NormalizationFolds.EmitFold(step, writer, plan.OperatorAs<Conv2dOp>().HasBias);

        if (Algorithm(plan) is { } algorithm)
        {
            algorithm.EmitPack(writer, weights, packed, scale);
        }
        else if (geometry.MergesGroups)
        {
            ConvolutionGeometry stored = geometry.WithoutMerging;
            writer.Writer.Line($"GroupMerging.Merge(ref {weights}, {stored.GroupInputs}, {stored.WeightInput}, {geometry.OutputBlocks}, ref {packed});");
            if (scale is not null)
            {
                writer.Writer.Line($"NormalizationFolding.ScaleBlocks(ref {packed}, ref {scale}, {geometry.OutputBlocks}, {geometry.WeightOutput}, ref {packed});");
            }
        }
        else if (scale is not null)
        {
            (string method, string parts) = geometry.IsBlocked
                ? ("ScaleBlocks", writer.Argument("blocks", geometry.OutputBlocks))
                : ("ScaleRows", writer.Argument("rows", geometry.Output.Channels));
            writer.Writer.Line($"NormalizationFolding.{method}(ref {weights}, ref {scale}, {parts}, {writer.Argument("outputFloats", geometry.WeightOutput)}, ref {packed});");
        }
    }

    private static string EmitCopy(
        StepWriter writer, TensorView from, string reference, TensorView to, string scratch, bool canShare = false)
    {
        if (from == to)
        {
            return reference;
        }

        CopyEmitter.EmitCall(writer, from, reference, to, scratch, canShare);
        if (canShare)
        {
            writer.Meet();
        }

        return scratch;
    }

    private static AlgorithmChoice? Algorithm(NodePlan plan) => (AlgorithmChoice?)plan.Choice;

    /// <summary>With a normalisation folded in there is a bias.</summary>
    private static ConvolutionGeometry Geometry(NodePlan plan) => new(
        plan.Node.Normalization is null ? plan.OperatorAs<Conv2dOp>() : plan.OperatorAs<Conv2dOp>() with { HasBias = true },
        plan.Input.Shape,
        plan.Node.Operator.InferShape(EquatableArray.Of(plan.Input.Shape)))
    {
        TakesDepthwise = true,
    };

    /// <summary>The view that the forward kernels read; a copy where it is not the input's own.</summary>
    private static TensorView SourceView(ConvolutionGeometry geometry, TensorView input) =>
        !geometry.IsDepthwise ? ForwardProducts.Source(geometry, input)
        : input.Layout == TensorLayout.Blocked ? input
        : TensorView.Blocked(input.Shape);
}
