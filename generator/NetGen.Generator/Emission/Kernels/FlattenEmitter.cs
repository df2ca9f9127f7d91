using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>A map without gaps is a vector as it lies; another is copied to PyTorch's order.</summary>
internal sealed class FlattenEmitter : OperatorEmitter<FlattenOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        input.IsGapless ? input : TensorView.DenseInArena(input.Shape);

    public override bool IsView(NodePlan plan) => plan.Input.IsGapless;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer) => RelayoutSteps.EmitForward(step, writer);

    public override void EmitBackward(Step step, StepWriter writer) => RelayoutSteps.EmitBackward(step, writer);
}
