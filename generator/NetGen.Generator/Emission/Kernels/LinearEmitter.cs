using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes matrix products: one image against the weights at inference, a micro-batch in training.</summary>
internal sealed class LinearEmitter : OperatorEmitter<LinearOp>
{
    // In training a tile covers images that a partial micro-batch does not have: those must be the network's own memory.
    public override bool ReadsCallersMemory(bool training) => !training;

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        new LinearGeometry((LinearOp)node.Operator, input, 1).OutputView;

    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
        [Geometry(plan).WeightStorage, Geometry(plan).BiasStorage];

    public override bool CanShare(NodePlan plan) => true;

    public override int BackwardScratch(NodePlan plan) => plan.NeedsInputGradient
        ? TensorView.RoundUp(Geometry(plan).TransposedOutputFloats) + Geometry(plan).TransposedInputFloats
        : 0;

    public override string Inspection(Node node, string arguments) => $"Linear({arguments})";

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        EmitParameters(step, writer, "parameters", "weights", "bias");
        ProductEmitter.EmitCalls(
            writer,
            [Geometry(plan).Forward(step.Input.ImageStride, step.Output.ImageStride, ActivationEmitter.InRegisters(plan.Node.Activation))],
            "source",
            "weights",
            "destination",
            "bias",
            canShare: true);
        ActivationEmitter.EmitPass(writer, plan.Node.Activation, step);
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        LinearGeometry geometry = Geometry(plan);
        int outputStride = step.OutputGradient!.ImageStride;
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        EmitParameters(step, writer, "gradients", "weightGradient", "biasGradient");
        if (geometry.PaddedOutputs > geometry.OutFeatures)
        {
            writer.ForEachImage([("outputGradient", "destinationGradient", outputStride)], () => writer.Writer.Line(
                $"MemoryMarshal.CreateSpan(ref {Refs.At("outputGradient", geometry.OutFeatures)}, {geometry.PaddedOutputs - geometry.OutFeatures}).Clear();"));
        }

        if (geometry.Operator.HasBias)
        {
            ProductEmitter.EmitCalls(writer, [geometry.BiasGradient(outputStride)], "", "destinationGradient", "biasGradient");
        }

        ProductEmitter.EmitCalls(
            writer, [geometry.WeightGradient(step.Input.ImageStride, outputStride)], "source", "destinationGradient", "weightGradient");
        if (step.InputGradient is { } inputGradient)
        {
            EmitDataGradient(step, writer, geometry, outputStride, inputGradient.ImageStride);
        }
    }

    private static void EmitDataGradient(Step step, StepWriter writer, LinearGeometry geometry, int outputStride, int inputStride)
    {
        SourceWriter source = writer.Writer;
        int lanes = geometry.TransposedStride;
        source.Line($"ref float weights = ref {Refs.At("parameters", step.ParameterOffset("weight"))};");
        source.Line($"ref float inputGradient = ref {Refs.At("scratch", TensorView.RoundUp(geometry.TransposedOutputFloats))};");
        source.Line($"TensorMoves.Transpose(ref destinationGradient, count, {geometry.OutFeatures}, {outputStride}, ref scratch, {lanes});");
        ProductEmitter.EmitCalls(writer, [geometry.DataGradient()], "weights", "scratch", "inputGradient");
        source.Line($"TensorMoves.Transpose(ref inputGradient, {geometry.InFeatures}, count, {lanes}, ref sourceGradient, {inputStride});");
    }

    private static void EmitParameters(Step step, StepWriter writer, string block, string weights, string bias)
    {
        writer.Writer.Line($"ref float {weights} = ref {Refs.At(block, step.ParameterOffset("weight"))};");
        if (step.Plan.OperatorAs<LinearOp>().HasBias)
        {
            writer.Writer.Line($"ref float {bias} = ref {Refs.At(block, step.ParameterOffset("bias"))};");
        }
    }

    private static LinearGeometry Geometry(NodePlan plan) => new(plan.OperatorAs<LinearOp>(), plan.Input, plan.Images);
}
