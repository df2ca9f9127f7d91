using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// exp(x − max) / Σ exp(x − max), which does not overflow: over all elements of a vector, over the channels of each position of a map.
/// Backward follows from the result: dx = y · (dy − Σ y · dy).
/// </summary>
internal sealed class SoftmaxEmitter : SoftmaxEmitter<SoftmaxOp>
{
    protected override void EmitForward(SourceWriter writer, TensorView view, VectorWidth width) => PlanarSoftmax.EmitForward(writer, view, width);

    protected override void EmitForward(LaneSoftmax lanes) => lanes.EmitForward();

    protected override void EmitBackward(SourceWriter writer, TensorView view, VectorWidth width) => PlanarSoftmax.EmitBackward(writer, view, width);

    protected override void EmitBackward(LaneSoftmax lanes) => lanes.EmitBackward();
}

/// <summary>Writes a function of all channels at a position, over planes or over the lanes of vectors.</summary>
internal abstract class SoftmaxEmitter<TOperator> : OperatorEmitter<TOperator>
    where TOperator : Operator
{
    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => writer.ForEachWidth(width =>
        {
            string function = step.Plan.Node.Operator.Description;
            string name = writer.Kernels.GetOrAdd(
                width,
                (function, step.Plan.Input, step.Plan.InputShape),
                $"{function}_{Name(step.Plan)}",
                (source, method) =>
                {
                    source.Line($"// {function} of {Describe(step.Plan)}.");
                    source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                    using (source.Open($"internal static void {method}(ref float input, ref float output)"))
                    {
                        if (OverPlanes(step.Plan))
                        {
                            EmitForward(source, step.Plan.Input, width);
                        }
                        else
                        {
                            EmitForward(new LaneSoftmax(source, Elements(step.Plan), width));
                        }
                    }
                });
            writer.Writer.Line($"{name}(ref input, ref output);");
        }));

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("output", "destination", step.Output.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () => writer.ForEachWidth(width =>
        {
            string function = step.Plan.Node.Operator.Description;
            string name = writer.Kernels.GetOrAdd(
                width,
                (function, "gradient", step.Plan.Input, step.Plan.InputShape),
                $"{function}Gradient_{Name(step.Plan)}",
                (source, method) =>
                {
                    source.Line($"// Gradient of the {function} of {Describe(step.Plan)}, from its result.");
                    source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                    string parameters = "ref float output, ref float outputGradient, ref float inputGradient";
                    using (source.Open($"internal static void {method}({parameters})"))
                    {
                        if (OverPlanes(step.Plan))
                        {
                            EmitBackward(source, step.Plan.Input, width);
                        }
                        else
                        {
                            EmitBackward(new LaneSoftmax(source, Elements(step.Plan), width));
                        }
                    }
                });
            writer.Writer.Line($"{name}(ref output, ref outputGradient, ref inputGradient);");
        }));

    protected abstract void EmitForward(SourceWriter writer, TensorView view, VectorWidth width);

    protected abstract void EmitForward(LaneSoftmax lanes);

    protected abstract void EmitBackward(SourceWriter writer, TensorView view, VectorWidth width);

    protected abstract void EmitBackward(LaneSoftmax lanes);

    private static bool OverPlanes(NodePlan plan) => !plan.InputShape.IsVector && plan.Input.Layout != TensorLayout.Blocked;

    /// <summary>A flattened map is gapless: its elements are a vector in whatever order they lie.</summary>
    private static SoftmaxElements Elements(NodePlan plan)
    {
        TensorView view = plan.Input;
        return plan.InputShape.IsVector
            ? new SoftmaxElements((int)view.Shape.Length, TensorView.Block, 1, view.Floats)
            : new SoftmaxElements(view.Shape.Channels, view.BlockStride, view.Shape.Height * view.Shape.Width, view.Floats);
    }

    private static string Name(NodePlan plan) => plan.InputShape.ToString().Replace('×', 'x');

    private static string Describe(NodePlan plan) => plan.InputShape.IsVector ? $"{plan.InputShape} elements"
        : $"the channels at each position of {plan.InputShape}, in {(OverPlanes(plan) ? "planes" : "blocks of 16 channels")}";
}
