using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>The greatest element under each window; backward finds it again, so that forward need not store where it was.</summary>
internal sealed class MaxPool2dEmitter : OperatorEmitter<MaxPool2dOp>
{
    private static readonly MaximumReduction s_maximum = new();

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool IsView(NodePlan plan) => PoolEmitter.IsIdentity(plan, Window(plan));

    public override bool CanShare(NodePlan plan) => PoolEmitter.CanShare(plan);

    public override int PartScratch(NodePlan plan) => PoolEmitter.PartScratch(plan, Window(plan), s_maximum);

    public override void EmitForward(Step step, StepWriter writer) => PoolEmitter.EmitForward(step, writer, Window(step.Plan), s_maximum);

    public override void EmitBackward(Step step, StepWriter writer) => PoolEmitter.EmitBackward(step, writer, Window(step.Plan), s_maximum);

    private static Window2d Window(NodePlan plan) => plan.OperatorAs<MaxPool2dOp>().Window;
}
