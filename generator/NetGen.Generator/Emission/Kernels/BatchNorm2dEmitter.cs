using NetGen.Generator.Emission.Kernels.BatchNorm;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Scales and shifts each channel: at inference by the running averages, while training by the batch's statistics, for which each first half
/// of a step leaves what it finds in every image and the trainer merges it. Behind a convolution nothing of it is left at inference.
/// </summary>
internal sealed class BatchNorm2dEmitter : OperatorEmitter<BatchNorm2dOp>
{
    private const int StatisticsRows = (int)StatisticsRow.GradientShift + 1;

    public override bool JoinsMicroBatches => true;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override IReadOnlyList<ParameterStorage> StoreParameters(NodePlan plan) =>
        plan.Parameters.Select(_ => ParameterStorage.Vector(plan.OutputShape.Channels)).ToList();

    public override int ForwardScratch(NodePlan plan) => plan.IsTraining ? plan.Images * PartialFloats(plan) : 0;

    public override int BackwardScratch(NodePlan plan) => plan.Images * PartialFloats(plan);

    public override int PackedFloats(NodePlan plan) =>
        plan.IsTraining ? StatisticsRows * RowFloats(plan) : NormalizationFolds.Floats(plan.OutputShape.Channels);

    public override void EmitPack(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        if (!plan.IsTraining)
        {
            NormalizationFolds.EmitFold(
                writer, plan.OperatorAs<BatchNorm2dOp>(), plan.OutputShape.Channels, step.ParameterOffset, Refs.At("packed", step.Packed));
        }
    }

    public override void EmitForwardStatistics(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("moments", "scratch", PartialFloats(step.Plan))],
        () => writer.ForEachWidth(width =>
            writer.Writer.Line($"{BatchNormKernels.Moments(writer, step.Plan.Input, width)}(ref input, ref moments);")));

    public override string Inspection(Node node, string arguments) =>
        $"BatchNorm2d({arguments}, {Literals.Double(((BatchNorm2dOp)node.Operator).Epsilon)})";

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ActivationOperator? activation = plan.Node.Activation;
        string units = BatchNormKernels.UnitsArgument(writer, plan.Input);
        string rowFloats = plan.Input.Layout == TensorLayout.Blocked ? Refs.Times(units, TensorView.Block) : $"{RowFloats(plan)}";
        writer.Writer.Line($"ref float scales = ref {Row(StatisticsRow.Scale)};");
        writer.Writer.Line($"ref float shifts = ref {Row(StatisticsRow.Shift)};");
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => writer.ForEachWidth(width =>
            {
                string kernel = BatchNormKernels.Apply(writer, plan.Input, width, ActivationEmitter.InRegisters(activation));
                writer.Writer.Line($"{kernel}(ref input, ref scales, ref shifts, ref output, {writer.Range(units)});");
            }));
        ActivationEmitter.EmitPass(writer, activation, step);

        ElementRef Row(StatisticsRow row) => row == 0
            ? Refs.At("packed", step.Packed)
            : Refs.At("packed", Refs.Times(rowFloats, (int)row), step.Packed);
    }

    public override void EmitBackwardStatistics(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        ActivationEmitter.EmitGradientPass(writer, plan.Node.Activation, plan.Output.Floats);
        EmitStatistics(step, writer);
        writer.ForEachImage(
            [
                ("input", "source", step.Input.ImageStride),
                ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
                ("sums", "scratch", PartialFloats(plan)),
            ],
            () =>
            {
                PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
                PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
                writer.ForEachWidth(width => writer.Writer.Line(
                    $"{BatchNormKernels.GradientSums(writer, plan.Input, width)}(ref input, ref outputGradient, ref statistics, ref sums);"));
            });
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        if (plan.OperatorAs<BatchNorm2dOp>().IsAffine)
        {
            EmitParameterGradients(step, writer);
        }

        if (step.InputGradient is not { } inputGradient)
        {
            return;
        }

        EmitStatistics(step, writer);
        writer.ForEachImage(
            [
                ("input", "source", step.Input.ImageStride),
                ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
                ("inputGradient", "sourceGradient", inputGradient.ImageStride),
            ],
            () => writer.ForEachWidth(width => writer.Writer.Line(
                $"{BatchNormKernels.Gradient(writer, plan.Input, width)}(ref input, ref outputGradient, ref statistics, ref inputGradient);")));
    }

    private static void EmitParameterGradients(Step step, StepWriter writer)
    {
        int row = RowFloats(step.Plan);
        writer.Writer.Line($"ref float biasGradient = ref {Refs.At("gradients", step.ParameterOffset(BatchNorm2dOp.Bias))};");
        writer.Writer.Line($"ref float weightGradient = ref {Refs.At("gradients", step.ParameterOffset(BatchNorm2dOp.Weight))};");
        writer.ForEachImage([("sums", "scratch", PartialFloats(step.Plan))], () =>
        {
            writer.Writer.Line($"ref float products = ref {Refs.At("sums", row)};");
            ElementwiseFold.EmitCall(writer, Fold.Sum, ["biasGradient", "sums"], "biasGradient", step.Plan.OutputShape.Channels);
            ElementwiseFold.EmitCall(writer, Fold.Sum, ["weightGradient", "products"], "weightGradient", step.Plan.OutputShape.Channels);
        });
    }

    private static void EmitStatistics(Step step, StepWriter writer) =>
        writer.Writer.Line($"ref float statistics = ref {Refs.At("packed", step.Packed)};");

    /// <summary>Floats of one value a channel.</summary>
    private static int RowFloats(NodePlan plan) => TensorView.RoundUp(plan.OutputShape.Channels);

    /// <summary>Floats of what the first half of a step finds in one image.</summary>
    private static int PartialFloats(NodePlan plan) => 2 * RowFloats(plan);
}
