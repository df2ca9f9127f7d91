using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>The greatest value under each of the windows that divide a map; backward finds it again.</summary>
internal sealed class AdaptiveMaxPool2dEmitter : OperatorEmitter<AdaptiveMaxPool2dOp>
{
    private static readonly MaximumReduction s_maximum = new();

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool CanShare(NodePlan plan) => PoolEmitter.CanShare(plan);

    public override int PartScratch(NodePlan plan) => PoolEmitter.PartScratch(plan, null, s_maximum);

    public override void EmitForward(Step step, StepWriter writer) => PoolEmitter.EmitForward(step, writer, null, s_maximum);

    public override void EmitBackward(Step step, StepWriter writer) => PoolEmitter.EmitBackward(step, writer, null, s_maximum);
}
