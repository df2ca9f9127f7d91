using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>The mean of the elements under each window.</summary>
internal sealed class AvgPool2dEmitter : OperatorEmitter<AvgPool2dOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool IsView(NodePlan plan) => PoolEmitter.IsIdentity(plan, Window(plan));

    public override bool CanShare(NodePlan plan) => PoolEmitter.CanShare(plan);

    public override int PartScratch(NodePlan plan) => PoolEmitter.PartScratch(plan, Window(plan), Reduction(plan));

    public override void EmitForward(Step step, StepWriter writer) =>
        PoolEmitter.EmitForward(step, writer, Window(step.Plan), Reduction(step.Plan));

    public override void EmitBackward(Step step, StepWriter writer) =>
        PoolEmitter.EmitBackward(step, writer, Window(step.Plan), Reduction(step.Plan));

    private static Window2d Window(NodePlan plan) => plan.OperatorAs<AvgPool2dOp>().Window;

    private static MeanReduction Reduction(NodePlan plan) => new(plan.OperatorAs<AvgPool2dOp>().CountIncludePad);
}
