using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies the result out; in training the loss reads it where it lies if that is in order.</summary>
internal sealed class OutputEmitter : OperatorEmitter<OutputOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        TensorView.DenseInArena(input.Shape);

    public override bool IsView(NodePlan plan) => plan.Input.IsInPyTorchOrder;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer)
    {
        // The caller's memory ends with the last element.
        TensorView output = step.Output.Memory == Memory.CallersOutput ? TensorView.Dense(step.Plan.Output.Shape) : step.Plan.Output;
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => CopyEmitter.EmitCall(writer, step.Plan.Input, "input", output, "output", canShare: true));
    }

    public override void EmitBackward(Step step, StepWriter writer) => RelayoutSteps.EmitBackward(step, writer);
}
