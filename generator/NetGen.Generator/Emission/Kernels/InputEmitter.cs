using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies the caller's images in, and the gradient of them out.</summary>
internal sealed class InputEmitter : OperatorEmitter<InputOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        output.IsVector ? TensorView.Vector(output.Channels)
        : output.Channels < TensorView.Block ? TensorView.Planar(output)
        : TensorView.Blocked(output);

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer) => RelayoutSteps.EmitForward(step, writer);

    public override void EmitBackward(Step step, StepWriter writer) => RelayoutSteps.EmitBackward(step, writer);
}
