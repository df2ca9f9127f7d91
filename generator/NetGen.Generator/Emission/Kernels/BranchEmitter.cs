using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Nothing forward; backward adds the gradient of one reader to those of the readers after it.</summary>
internal sealed class BranchEmitter : OperatorEmitter<BranchOp>
{
    public override bool ReadsCallersMemory(bool training) => true;

    public override bool IsView(NodePlan plan) => true;

    public override bool IsGradientView(NodePlan plan) => false;

    public override void EmitForward(Step step, StepWriter writer) =>
        throw new InvalidOperationException("A branch has no forward step.");

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("branchGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("gradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () => ElementwiseFold.EmitCall(writer, Fold.Sum, ["gradient", "branchGradient"], "gradient", step.Plan.Output.Floats));
}
