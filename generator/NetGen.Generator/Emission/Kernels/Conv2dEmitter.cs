using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission.Kernels.Depthwise;
using NetGen.Generator.Emission.Kernels.BatchNorm;
using NetGen.Generator.Emission.Kernels.Winograd;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes convolutions as products over register tiles; <see cref="ConvolutionPlan"/> says where their vectors lie.</summary>
internal sealed class Conv2dEmitter : OperatorEmitter<Conv2dOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        new ConvolutionGeometry((Conv2dOp)node.Operator, input.Shape, output) { TakesDepthwise = true }.OutputView;

    /// <summary>The Winograd plan at inference where one pays; in training weights change too often to transform them.</summary>
    public override LoweringChoice? Choose(NodePlan plan) =>
        plan.IsTraining || plan.Options.Convolution == ConvolutionChoice.Direct
            || ConvolutionCost.ChooseWinograd(Geometry(plan), plan.Input) is not { } winograd
                ? null
                : new WinogradChoice(winograd);

    /// <summary>Winograd's tiles have an even side, so that a pool of 2×2 behind a monotone function is taken before anything is stored.</summary>
    public override NodePlan? Fuse(NodePlan plan, Node reader) =>
        Winograd(plan) is not null
        && reader.Operator is MaxPool2dOp pool
        && pool.IsHalving(plan.OutputShape)
        && plan.Node.Activation is null or { IsMonotone: true }
        && ConvolutionCost.ChooseWinograd(Geometry(plan), plan.Input, pooled: true) is { } winograd
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
        [Geometry(plan).WeightStorage, ParameterStorage.Vector(plan.OutputShape.Channels)];

    public override int ForwardScratch(NodePlan plan)
    {
        if (Winograd(plan) is { } winograd)
        {
            return winograd.SharesOutBands ? 0 : winograd.BandFloats;
        }

        TensorView source = SourceView(Geometry(plan), plan.Input);
        return source == plan.Input ? 0 : source.Floats;
    }

    public override int PartScratch(NodePlan plan) =>
        Winograd(plan) is { } winograd ? winograd.EdgeFloats + (winograd.SharesOutBands ? winograd.BandFloats : 0) : 0;

    public override bool CanShare(NodePlan plan) => true;

    public override int BackwardScratch(NodePlan plan) => Backward.Of(plan).ScratchFloats;

    // Weights with a normalisation folded in lie behind its factors and shifts; the shifts are their bias.
    public override int PackedFloats(NodePlan plan) => !plan.IsTraining
        ? FoldedFloats(plan) + (Winograd(plan)?.PackedFloats ?? (plan.Node.Normalization is null ? 0 : Geometry(plan).WeightStorage.Floats))
        : plan.NeedsInputGradient && !Geometry(plan).IsDepthwise ? new DataGradientProducts(Geometry(plan), plan.Input).PackedFloats : 0;

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ConvolutionGeometry geometry = Geometry(plan);
        TensorView source = SourceView(geometry, plan.Input);
        ActivationOperator? activation = plan.Node.Activation;
        WinogradPlan? winograd = Winograd(plan);
        EmitInferenceWeights(step, writer, winograd);

        writer.ForEachImage([("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)], () =>
        {
            if (winograd is not null)
            {
                WinogradEmitter.EmitCall(
                    writer,
                    winograd,
                    plan.Input,
                    plan.Output,
                    accumulates: plan.Addend is not null,
                    ActivationEmitter.InRegisters(activation),
                    ("input", "packedWeights", "bias", "output"));
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
        ActivationEmitter.EmitPass(writer, activation, plan.Output.Floats);
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ConvolutionGeometry geometry = Geometry(plan);
        Backward backward = Backward.Of(plan);
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        EmitParameters(step, writer, "gradients", "weightGradient", "biasGradient");
        if (backward.Data is { IsBlocked: false } || (geometry.IsDepthwise && plan.NeedsInputGradient))
        {
            writer.Writer.Line($"ref float weights = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
        }
        else if (backward.Data is not null)
        {
            writer.Writer.Line($"ref float packedWeights = ref {Refs.At("packed", step.Packed)};");
        }

        var images = new List<(string, string, int)>
        {
            ("input", "source", step.Input.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        };
        if (step.InputGradient is { } inputGradient)
        {
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            if (geometry.Operator.HasBias)
            {
                ProductEmitter.EmitCalls(writer, [WeightGradientProducts.Bias(plan.Output)], "", "outputGradient", "biasGradient");
            }

            string read = EmitCopy(writer, plan.Input, "input", backward.Source, "scratch");
            if (geometry.IsDepthwise)
            {
                EmitDepthwiseGradients(writer, plan, geometry, backward, read);
                return;
            }

            ProductEmitter.EmitCalls(
                writer,
                WeightGradientProducts.Weights(geometry, backward.Source, plan.Output),
                geometry.IsBlocked ? read : "outputGradient",
                geometry.IsBlocked ? "outputGradient" : read,
                "weightGradient");
            if (backward.Data is { } data)
            {
                EmitDataGradient(writer, plan, backward, data);
            }
        });
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

    /// <summary>Declares the weights and the bias that a forward step reads.</summary>
    private static void EmitInferenceWeights(Step step, StepWriter writer, WinogradPlan? winograd)
    {
        int folded = FoldedFloats(step.Plan);
        if (folded == 0)
        {
            EmitParameters(step, writer, "parameters", "weights", "bias");
        }
        else
        {
            writer.Writer.Line($"ref float bias = ref {Refs.At("packed", step.Packed + (folded / 2))};");
        }

        if (winograd is not null || folded > 0)
        {
            string weights = winograd is null ? "weights" : "packedWeights";
            writer.Writer.Line($"ref float {weights} = ref {Refs.At("packed", step.Packed + folded)};");
        }
    }

    private static void EmitInferencePack(Step step, StepWriter writer, ConvolutionGeometry geometry)
    {
        NodePlan plan = step.Plan;
        string weights = Refs.At("parameters", step.ParameterOffset("weight")), packed = Refs.At("packed", step.Packed + FoldedFloats(plan));
        string? scale = null;
        if (plan.Node.Normalization is { } normalization)
        {
            scale = Refs.At("packed", step.Packed);
            int? bias = plan.OperatorAs<Conv2dOp>().HasBias ? step.ParameterOffset("bias") : null;
            NormalizationFolds.EmitFold(writer, normalization.Operator, geometry.Output.Channels, step.FoldedOffset, scale, bias);
        }

        if (Winograd(plan) is { } winograd)
        {
            WinogradEmitter.EmitPack(writer, winograd, weights, packed, scale);
        }
        else if (scale is not null)
        {
            (string method, int parts) = geometry.IsBlocked ? ("ScaleBlocks", geometry.OutputBlocks) : ("ScaleRows", geometry.Output.Channels);
            writer.Writer.Line($"NormalizationFolding.{method}(ref {weights}, ref {scale}, {parts}, {geometry.WeightOutput}, ref {packed});");
        }
    }

    private static void EmitDepthwiseGradients(StepWriter writer, NodePlan plan, ConvolutionGeometry geometry, Backward backward, string read)
    {
        DepthwiseWeightGradient.EmitCall(writer, geometry, backward.Source, read, plan.Output);
        if (plan.NeedsInputGradient)
        {
            // What the weights' gradient has read may be overwritten.
            bool direct = backward.Source == plan.Input;
            DepthwiseKernels.EmitDataGradient(writer, geometry, plan.Output, backward.Source, direct ? "inputGradient" : "scratch");
            if (!direct)
            {
                CopyEmitter.EmitCall(writer, backward.Source, "scratch", plan.Input, "inputGradient");
            }
        }
    }

    private static void EmitDataGradient(StepWriter writer, NodePlan plan, Backward backward, DataGradientProducts data)
    {
        writer.Writer.Line($"ref float bordered = ref {Refs.At("scratch", backward.SourceFloats)};");
        CopyEmitter.EmitCall(writer, plan.Output, "outputGradient", data.Source, "bordered");
        bool direct = data.Target == plan.Input;
        string target = "inputGradient";
        if (!direct)
        {
            target = "planes";
            writer.Writer.Line($"ref float planes = ref {Refs.At("scratch", backward.SourceFloats + data.Source.Floats)};");
        }

        if (data.HasGaps)
        {
            writer.Writer.Line($"MemoryMarshal.CreateSpan(ref {target}, {data.Target.Floats}).Clear();");
        }

        ProductEmitter.EmitCalls(
            writer,
            data.Calls(),
            data.IsBlocked ? "bordered" : "weights",
            data.IsBlocked ? "packedWeights" : "bordered",
            target);
        if (!direct)
        {
            CopyEmitter.EmitCall(writer, data.Target, "planes", plan.Input, "inputGradient");
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

    private static void EmitParameters(Step step, StepWriter writer, string block, string weights, string bias)
    {
        writer.Writer.Line($"ref float {weights} = ref {Refs.At(block, step.ParameterOffset("weight"))};");
        if (step.Plan.OperatorAs<Conv2dOp>().HasBias)
        {
            writer.Writer.Line($"ref float {bias} = ref {Refs.At(block, step.ParameterOffset("bias"))};");
        }
    }

    private static WinogradPlan? Winograd(NodePlan plan) => (plan.Choice as WinogradChoice)?.Plan;

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

    private static int FoldedFloats(NodePlan plan) =>
        plan.Node.Normalization is null ? 0 : NormalizationFolds.Floats(plan.Node.Operator.InferShape(plan.InputShapes).Channels);

    private sealed record WinogradChoice(WinogradPlan Plan) : LoweringChoice;

    /// <summary>The views of a backward step and the scratch memory that they take, one after the other.</summary>
    private sealed record Backward(TensorView Source, int SourceFloats, DataGradientProducts? Data, int ScratchFloats)
    {
        public static Backward Of(NodePlan plan)
        {
            ConvolutionGeometry geometry = Geometry(plan);
            TensorView source = geometry.IsDepthwise ? SourceView(geometry, plan.Input) : WeightGradientProducts.Source(geometry, plan.Input);
            int floats = source == plan.Input ? 0 : source.Floats;
            DataGradientProducts? data = plan.NeedsInputGradient && !geometry.IsDepthwise ? new DataGradientProducts(geometry, plan.Input) : null;
            int dataFloats = data is null ? 0 : data.Source.Floats + (data.Target == plan.Input ? 0 : data.Target.Floats);
            return new Backward(source, floats, data, floats + dataFloats);
        }
    }
}
