using NetGen.Generator.Emission.Kernels.Normalization;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// With d = k + alpha / size · Σ x², y = x · d^−beta. Backward computes d again from the input: dx = dy · d^−beta − 2 · alpha · beta / size · x · Σ dy · y / d, the sum
/// over the channels whose windows have this one.
/// </summary>
internal sealed class LocalResponseNormEmitter : OperatorEmitter<LocalResponseNormOp>
{
    public override bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Output);

    public override int PartScratch(NodePlan plan) => IsBlocked(plan) ? Window(plan).LineFloats : 0;

    public override int BackwardScratch(NodePlan plan) => IsBlocked(plan) ? 2 * Window(plan).LineFloats : PlanarResponseNorm.ScratchFloats(plan.Input);

    public override void EmitForward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        bool takesRange = writer.TakesRanges;
        writer.ForEachImage(
            [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
            () => writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width, (plan.Node.Operator, plan.Input, takesRange), $"LocalResponseNorm_{Name(plan)}", (source, method) =>
                    {
                        source.Line($"// {Describe(plan)}.");
                        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                        string parameters = (IsBlocked(plan) ? ", ref float scratch" : "") + (takesRange ? ", int first, int end" : "");
                        using (source.Open($"internal static void {method}(ref float input, ref float output{parameters})"))
                        {
                            if (IsBlocked(plan))
                            {
                                new BlockedResponseNorm(source, plan.Input, width, Window(plan)).EmitForward(takesRange);
                            }
                            else
                            {
                                new PlanarResponseNorm(source, plan.Input, width, Window(plan)).EmitForward(takesRange);
                            }
                        }
                    });
                string scratch = IsBlocked(plan) ? ", ref partScratch" : "";
                writer.Writer.Line($"{name}(ref input, ref output{scratch}{writer.RangeArguments(plan.InputShape.Height)});");
            }));
    }

    public override void EmitBackward(Step step, StepWriter writer)
    {
        NodePlan plan = step.Plan;
        writer.ForEachImage(
            [
                ("input", "source", step.Input.ImageStride),
                ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
                ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
            ],
            () =>
            {
                PaddingEmitter.EmitClearColumns(writer, plan.Output, "outputGradient");
                writer.ForEachWidth(width =>
                {
                    string name = writer.Kernels.GetOrAdd(
                        width, (plan.Node.Operator, plan.Input, "gradient"), $"LocalResponseNormGradient_{Name(plan)}", (source, method) =>
                        {
                            source.Line($"// Gradient of the {Describe(plan)}.");
                            source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                            string parameters = "ref float input, ref float outputGradient, ref float inputGradient, ref float scratch";
                            using (source.Open($"internal static void {method}({parameters})"))
                            {
                                if (IsBlocked(plan))
                                {
                                    new BlockedResponseNorm(source, plan.Input, width, Window(plan)).EmitBackward();
                                }
                                else
                                {
                                    new PlanarResponseNorm(source, plan.Input, width, Window(plan)).EmitBackward();
                                }
                            }
                        });
                    writer.Writer.Line($"{name}(ref input, ref outputGradient, ref inputGradient, ref scratch);");
                });
            });
    }

    private static bool IsBlocked(NodePlan plan) => plan.Input.Layout == TensorLayout.Blocked;

    private static ResponseWindow Window(NodePlan plan) => ResponseWindow.Of(plan.OperatorAs<LocalResponseNormOp>(), plan.InputShape.Channels);

    private static string Name(NodePlan plan) =>
        $"{plan.InputShape.ToString().Replace('×', 'x')}_{plan.OperatorAs<LocalResponseNormOp>().Size}";

    private static string Describe(NodePlan plan) =>
        $"{plan.Node.Operator.Description} of {plan.InputShape}, in {(IsBlocked(plan) ? "blocks of 16 channels" : "planes")}";
}
