using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies a value from one layout to another.</summary>
internal sealed class RelayoutEmitter : OperatorEmitter<RelayoutOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer) => RelayoutSteps.EmitForward(step, writer);

    public override void EmitBackward(Step step, StepWriter writer) => RelayoutSteps.EmitBackward(step, writer);
}
