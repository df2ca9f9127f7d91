using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies selected channels of several maps.</summary>
internal sealed class SelectChannelsEmitter : OperatorEmitter<SelectChannelsOp>
{
    public override TensorView ChooseInputView(IReadOnlyList<JoinedInput> inputs, int input) => JoinLayout.InputView(inputs, input);

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => ChannelSelection.ViewOf(input, output);

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        step,
        [("output", "destination", step.Output.ImageStride)],
        inputs => ChannelSelection.EmitCall(
            writer,
            step.Plan.Others.Select(other => other.View).Prepend(step.Plan.Input).ToEquatableArray(),
            inputs,
            step.Plan.OperatorAs<SelectChannelsOp>().Channels,
            step.Plan.Output,
            "output"));

    public override void EmitBackward(Step step, StepWriter writer) =>
        throw new NotSupportedException($"{step.Plan.Node.Name} is of a prediction, which has no gradients.");
}
