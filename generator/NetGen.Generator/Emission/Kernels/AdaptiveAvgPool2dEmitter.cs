using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>The mean under each of the windows that divide a map.</summary>
internal sealed class AdaptiveAvgPool2dEmitter : OperatorEmitter<AdaptiveAvgPool2dOp>
{
    private static readonly MeanReduction s_mean = new(CountPadding: true);

    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool CanShare(NodePlan plan) => PoolEmitter.CanShare(plan);

    public override int PartScratch(NodePlan plan) => PoolEmitter.PartScratch(plan, null, s_mean);

    public override void EmitForward(Step step, StepWriter writer) => PoolEmitter.EmitForward(step, writer, null, s_mean);

    public override void EmitBackward(Step step, StepWriter writer) => PoolEmitter.EmitBackward(step, writer, null, s_mean);
}
