using NetGen.Generator.Collections;
using NetGen.Generator.Emission.Kernels.BatchNorm;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes transposed convolutions by the products of the convolutions that they transpose.</summary>
internal sealed class ConvTranspose2dEmitter : OperatorEmitter<ConvTranspose2dOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        new TransposedGeometry((ConvTranspose2dOp)node.Operator, input.Shape, output).OutputView;

    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
        [Geometry(plan).Convolution.WeightStorage, ParameterStorage.Vector(plan.OutputShape.Channels)];

    public override bool CanShare(NodePlan plan) => true;

    public override int ForwardScratch(NodePlan plan)
    {
        DataGradientProducts data = Forward(plan);
        return SourceFloats(plan, data) + (data.Target == plan.Output ? 0 : data.Target.Floats);
    }

    public override int BackwardScratch(NodePlan plan) => Backward.Of(plan).ScratchFloats;

    public override int PackedFloats(NodePlan plan) =>
        NormalizationFolds.Floats(plan) + (ReadsPacked(plan) ? TransposedWeights.Floats(Geometry(plan).Convolution, Forward(plan)) : 0);

    public override string Inspection(Node node, string arguments)
    {
        var transposed = (ConvTranspose2dOp)node.Operator;
        return $"ConvTranspose2d({arguments}{InspectionProgramEmitter.WindowArguments(transposed.Window, transposed.Groups)})";
    }

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        DataGradientProducts data = Forward(plan);
        ActivationOperator? activation = ActivationEmitter.InRegisters(plan.Node.Activation);
        string? bias = Geometry(plan).Operator.HasBias ? "bias" : null;
        NormalizationFolds.EmitWeights(step, writer, ReadsPacked(plan), hasBias: bias is not null);

        writer.ForEachImage([("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)], () =>
        {
            string read = "input", target = "output";
            if (data.Source != plan.Input)
            {
                CopyEmitter.EmitCall(writer, plan.Input, "input", data.Source, read = "scratch", canShare: true);
            }

            if (data.Target != plan.Output)
            {
                writer.Writer.Line($"ref float planes = ref {Refs.At("scratch", SourceFloats(plan, data))};");
                target = "planes";
            }

            if (data.HasGaps)
            {
                FillEmitter.EmitCall(writer, data.Target, bias, activation, target);
            }

            if (data.HasGaps || data.Source != plan.Input)
            {
                writer.Meet();
            }

            ProductEmitter.EmitCalls(
                writer, data.Calls(), data.IsBlocked ? read : "weights", data.IsBlocked ? "weights" : read, target, "bias", canShare: true);
            if (data.Target != plan.Output)
            {
                writer.Meet();
                CopyEmitter.EmitCall(writer, data.Target, target, plan.Output, "output", canShare: true);
            }
        });
        ActivationEmitter.EmitPass(writer, plan.Node.Activation, step);
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        Backward backward = Backward.Of(plan);
        bool hasBias = plan.OperatorAs<ConvTranspose2dOp>().HasBias;
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        writer.Writer.Line($"ref float weightGradient = ref {Refs.At("gradients", step.ParameterOffset("weight"))};");
        if (hasBias)
        {
            writer.Writer.Line($"ref float biasGradient = ref {Refs.At("gradients", step.ParameterOffset("bias"))};");
        }

        var images = new List<(string, string, int)>
        {
            ("input", "source", step.Input.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        };
        if (step.InputGradient is { } inputGradient)
        {
            writer.Writer.Line($"ref float weights = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
            images.Add(("inputGradient", "sourceGradient", inputGradient.ImageStride));
        }

        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            if (hasBias)
            {
                ProductEmitter.EmitCalls(writer, [WeightGradientProducts.Bias(plan.Output)], "", "outputGradient", "biasGradient");
            }

            EmitGradients(step, writer, backward);
        });
    }

    public override void EmitPack(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        string? scale = NormalizationFolds.EmitFold(step, writer, plan.OperatorAs<ConvTranspose2dOp>().HasBias);
        TransposedWeights.EmitPack(
            writer.Writer,
            Geometry(plan).Convolution,
            Forward(plan),
            Refs.At("parameters", step.ParameterOffset("weight")),
            Refs.At("packed", step.Packed + NormalizationFolds.Floats(plan)),
            scale);
    }

    private static void EmitGradients(Step step, StepWriter writer, Backward backward)
    {
        NodePlan plan = step.Plan;
        ConvolutionGeometry convolution = backward.Shapes.Convolution;
        TensorView values = backward.Shapes.WeightGradientInput;
        string gradient = "outputGradient", input = "input";
        if (backward.Source != plan.Output)
        {
            CopyEmitter.EmitCall(writer, plan.Output, gradient, backward.Source, "scratch");
            gradient = "scratch";
        }

        if (backward.CopiesInput)
        {
            writer.Writer.Line($"ref float values = ref {Refs.At("scratch", backward.SourceFloats)};");
            EmitCopyWithZeros(writer, plan.Input, values);
            input = "values";
        }

        ProductEmitter.EmitCalls(
            writer,
            WeightGradientProducts.Weights(convolution, backward.Source, values),
            convolution.IsBlocked ? gradient : input,
            convolution.IsBlocked ? input : gradient,
            "weightGradient");
        if (step.InputGradient is null)
        {
            return;
        }

        string target = "inputGradient";
        if (backward.CopiesInputGradient)
        {
            writer.Writer.Line($"ref float result = ref {Refs.At("scratch", backward.SourceFloats + backward.InputFloats)};");
            target = "result";
        }

        ProductEmitter.EmitCalls(
            writer,
            ForwardProducts.Calls(convolution, backward.Source, convolution.OutputView, null),
            convolution.IsBlocked ? gradient : "weights",
            convolution.IsBlocked ? "weights" : gradient,
            target);
        if (backward.CopiesInputGradient)
        {
            CopyEmitter.EmitCall(writer, convolution.OutputView, target, plan.Input, "inputGradient");
        }
        else
        {
            PaddingEmitter.EmitClearColumns(writer, plan.Input, "inputGradient");
        }
    }

    /// <summary>Copies of whole rows would take along what lies in the lanes behind the last channel.</summary>
    private static void EmitCopyWithZeros(StepWriter writer, TensorView from, TensorView to)
    {
        if (from.Layout == TensorLayout.Blocked && to.Layout == TensorLayout.Blocked)
        {
            EquatableArray<int> channels = Enumerable.Range(0, from.Shape.Channels).ToEquatableArray();
            ChannelSelection.EmitCall(writer, EquatableArray.Of(from), ["input"], channels, to, "values");
        }
        else
        {
            CopyEmitter.EmitCall(writer, from, "input", to, "values");
        }
    }

    /// <summary>With a normalisation folded in there is a bias.</summary>
    private static TransposedGeometry Geometry(NodePlan plan)
    {
        ConvTranspose2dOp transposed = plan.OperatorAs<ConvTranspose2dOp>();
        return new(plan.Node.Normalization is null ? transposed : transposed with { HasBias = true }, plan.Input.Shape, plan.OutputShape);
    }

    /// <summary>Whether the products read other weights than the parameters themselves.</summary>
    private static bool ReadsPacked(NodePlan plan) => plan.Node.Normalization is not null || Forward(plan).IsBlocked;

    private static DataGradientProducts Forward(NodePlan plan) =>
        Geometry(plan).Forward(plan.Output, ActivationEmitter.InRegisters(plan.Node.Activation));

    private static int SourceFloats(NodePlan plan, DataGradientProducts data) => data.Source == plan.Input ? 0 : data.Source.Floats;

    /// <summary>The views of a backward step and the scratch memory that they take, one after the other.</summary>
    /// <param name="Source">The result's gradient with a border of zeros.</param>
    private sealed record Backward(
        TransposedGeometry Shapes, TensorView Source, int SourceFloats, bool CopiesInput, int InputFloats, bool CopiesInputGradient, int ScratchFloats)
    {
        public static Backward Of(NodePlan plan)
        {
            TransposedGeometry geometry = Geometry(plan);
            TensorView source = WeightGradientProducts.Source(geometry.Convolution, plan.Output);
            int sourceFloats = source == plan.Output ? 0 : source.Floats;
            bool copiesInput = !geometry.HasZeros(plan.Input);
            bool copiesGradient = plan.NeedsInputGradient && geometry.Convolution.OutputView != plan.Input;
            int inputFloats = copiesInput ? geometry.WeightGradientInput.Floats : 0;
            int gradientFloats = copiesGradient ? geometry.Convolution.OutputView.Floats : 0;
            return new Backward(
                geometry, source, sourceFloats, copiesInput, inputFloats, copiesGradient, sourceFloats + inputFloats + gradientFloats);
        }
    }
}
