using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Deals channels out; the gradients go back by as many groups as a group has channels.</summary>
internal sealed class ChannelShuffleEmitter : OperatorEmitter<ChannelShuffleOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => ChannelSelection.ViewOf(input, output);

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override string Inspection(Node node, string arguments) => $"ChannelShuffle({arguments}, {((ChannelShuffleOp)node.Operator).Groups})";

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => EmitShuffle(step.Plan, step.Plan.OperatorAs<ChannelShuffleOp>(), writer, step.Plan.Input, "input", step.Plan.Output, "output"));

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            var back = new ChannelShuffleOp(step.Plan.InputShape.Channels / step.Plan.OperatorAs<ChannelShuffleOp>().Groups);
            EmitShuffle(step.Plan, back, writer, step.Plan.Output, "outputGradient", step.Plan.Input, "inputGradient");
        });

    private static void EmitShuffle(
        NodePlan plan, ChannelShuffleOp shuffle, StepWriter writer, TensorView from, string source, TensorView to, string destination) =>
        ChannelSelection.EmitCall(writer, EquatableArray.Of(from), [source], shuffle.SelectedChannels(plan.InputShapes), to, destination);
}
