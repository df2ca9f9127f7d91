using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Emission.Kernels.Upsampling;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// A map made larger. Nearest upsampling is the gradient of the sum under windows side by side, and its own gradient is that sum: both
/// are a pool's kernels.
/// </summary>
internal sealed class UpsampleEmitter : OperatorEmitter<UpsampleOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override int PartScratch(NodePlan plan) => IsBilinear(plan) ? RowFloats(plan) : 0;

    public override int BackwardScratch(NodePlan plan) => IsBilinear(plan) ? RowFloats(plan)
        : plan.Input.Layout == TensorLayout.Blocked ? 0
        : PlanarPoolKernels.ScratchFloats(Windows(plan), new NearestReduction());

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () =>
        {
            if (!IsBilinear(step.Plan))
            {
                PoolEmitter.EmitGradientCall(writer, Windows(step.Plan), new NearestReduction(), "ref output, ref input");
                return;
            }

            string scratch = RowFloats(step.Plan) > 0 ? ", ref partScratch" : "";
            writer.ForEachWidth(width =>
            {
                BilinearKernel kernel = Kernel(step.Plan, width, writer.TakesRanges);
                string name = writer.Kernels.GetOrAdd(
                    width, kernel, $"UpsampleBilinear_{kernel.Name}", (source, method) => BilinearKernels.EmitForward(source, method, kernel));
                writer.Writer.Line($"{name}(ref input, ref output{scratch}{writer.RangeArguments(step.Plan.Input.Blocks)});");
            });
        });

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            NodePlan plan = step.Plan;
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            if (!IsBilinear(plan))
            {
                PoolEmitter.EmitForwardCall(writer, Windows(plan), new NearestReduction(), "outputGradient", "inputGradient", "scratch");
                PaddingEmitter.EmitClearColumns(writer, plan.Input, "inputGradient");
                return;
            }

            string scratch = RowFloats(plan) > 0 ? ", ref scratch" : "";
            writer.ForEachWidth(width =>
            {
                BilinearKernel kernel = Kernel(plan, width, takesRange: false);
                string name = writer.Kernels.GetOrAdd(
                    width,
                    (kernel, "gradient"),
                    $"UpsampleBilinearGradient_{kernel.Name}",
                    (source, method) => BilinearKernels.EmitGradient(source, method, kernel));
                writer.Writer.Line($"{name}(ref outputGradient, ref inputGradient{scratch});");
            });
        });

    private static bool IsBilinear(NodePlan plan) => plan.OperatorAs<UpsampleOp>().Form == UpsampleForm.Bilinear;

    private static int RowFloats(NodePlan plan) =>
        plan.Input.Layout == TensorLayout.Blocked ? 0 : TensorView.RoundUp(plan.Input.Shape.Width);

    /// <summary>The sum that nearest upsampling is the gradient of: from the larger map to the smaller.</summary>
    private static PoolGeometry Windows(NodePlan plan)
    {
        UpsampleOp upsample = plan.OperatorAs<UpsampleOp>();
        var window = new Window2d(upsample.ScaleH, upsample.ScaleW, upsample.ScaleH, upsample.ScaleW, 0, 0, 0, 0);
        return new PoolGeometry(window, plan.Output, plan.Input);
    }

    private static BilinearKernel Kernel(NodePlan plan, VectorWidth width, bool takesRange)
    {
        UpsampleOp upsample = plan.OperatorAs<UpsampleOp>();
        return new BilinearKernel(
            plan.Input,
            plan.Output,
            new InterpolationAxis(plan.Input.Shape.Height, upsample.ScaleH, upsample.AlignCorners),
            new InterpolationAxis(plan.Input.Shape.Width, upsample.ScaleW, upsample.AlignCorners),
            width,
            takesRange);
    }
}
