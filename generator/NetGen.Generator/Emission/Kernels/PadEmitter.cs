using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Copies a map to the middle of a larger one. Where the border is a constant the gradient is that of the middle; where it repeats elements
/// of the map their gradients are added up.
/// </summary>
internal sealed class PadEmitter : OperatorEmitter<PadOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => PoolGeometry.OutputView(input, output);

    public override bool CanShare(NodePlan plan) => IsZero(plan.OperatorAs<PadOp>()) && WorkSharing.PaysToMove(plan.Output);

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () =>
        {
            NodePlan plan = step.Plan;
            PadOp pad = plan.OperatorAs<PadOp>();
            if (IsZero(pad))
            {
                CopyEmitter.EmitCall(writer, plan.Input, "input", Middle(plan), "output", canShare: true);
                return;
            }

            string name = writer.Kernels.GetOrAdd(
                ("pad", pad, plan.Input, plan.Output), $"Pad_{Name(plan)}", (source, method) => EmitPadding(source, method, plan, pad));
            writer.Writer.Line($"{name}(ref input, ref output);");
        });

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            NodePlan plan = step.Plan;
            PadOp pad = plan.OperatorAs<PadOp>();
            PaddingEmitter.EmitClearLanes(writer, plan.Output, "outputGradient");
            if (pad.Form == PadForm.Constant)
            {
                CopyEmitter.EmitCall(writer, Middle(plan), "outputGradient", plan.Input, "inputGradient");
                return;
            }

            writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width,
                    ("pad gradient", pad, plan.Input, plan.Output),
                    $"PadGradient_{Name(plan)}",
                    (source, method) => EmitGradient(source, method, plan, pad, width));
                writer.Writer.Line($"{name}(ref outputGradient, ref inputGradient);");
            });
        });

    private static void EmitPadding(SourceWriter writer, string method, NodePlan plan, PadOp pad)
    {
        TensorView input = plan.Input, output = plan.Output;
        writer.Line($"// {pad.Description}: {input.Shape} → {output.Shape}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float input, ref float output)"))
        {
            if (pad.Form == PadForm.Constant)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref output, {output.Floats}).Fill({Literals.Float(pad.Value)});");
            }

            using (writer.Open($"for (int block = 0; block < {output.Blocks}; block++)"))
            using (writer.Open($"for (int oy = 0; oy < {output.Shape.Height}; oy++)"))
            {
                writer.Line($"int y = {Source("oy", pad.Top, input.Shape.Height, pad.Form)};");
                if (pad.Form == PadForm.Constant)
                {
                    using (writer.Open($"if ((uint)y >= {input.Shape.Height})"))
                    {
                        writer.Line("continue;");
                    }
                }

                writer.Line($"ref float row = ref {Refs.At("input", $"(block * {input.BlockStride}) + (y * {input.RowStride})", input.Origin)};");
                writer.Line($"ref float padded = ref {Refs.At("output", $"(block * {output.BlockStride}) + (oy * {output.RowStride})", output.Origin)};");
                CopyEmitter.EmitSpanCopy(writer, "row", Refs.At("padded", pad.Left * output.PixelStride), input.Shape.Width * input.PixelStride);
                if (pad.Form == PadForm.Constant)
                {
                    return;
                }

                EmitColumns(0, pad.Left);
                EmitColumns(pad.Left + input.Shape.Width, output.Shape.Width);
                int end = output.Shape.Width * output.PixelStride;
                if (end < output.RowStride)
                {
                    writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("padded", end)}, {output.RowStride - end}).Clear();");
                }
            }
        }

        void EmitColumns(int first, int end)
        {
            if (first == end)
            {
                return;
            }

            using (writer.Open($"for (int ox = {first}; ox < {end}; ox++)"))
            {
                writer.Line($"int x = {Source("ox", pad.Left, input.Shape.Width, pad.Form)};");
                string from = Refs.At("row", Refs.Times("x", input.PixelStride)), to = Refs.At("padded", Refs.Times("ox", output.PixelStride));
                if (input.PixelStride == 1)
                {
                    writer.Line($"{to} = {from};");
                }
                else
                {
                    CopyEmitter.EmitSpanCopy(writer, from, to, input.PixelStride);
                }
            }
        }
    }

    private static void EmitGradient(SourceWriter writer, string method, NodePlan plan, PadOp pad, VectorWidth width)
    {
        TensorView input = plan.Input, output = plan.Output;
        bool isBlocked = input.Layout == TensorLayout.Blocked;
        writer.Line($"// Gradient of {pad.Description}: {input.Shape} → {output.Shape}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float outputGradient, ref float inputGradient)"))
        {
            writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {input.Floats}).Clear();");
            using (writer.Open($"for (int block = 0; block < {output.Blocks}; block++)"))
            using (writer.Open($"for (int oy = 0; oy < {output.Shape.Height}; oy++)"))
            {
                writer.Line($"int y = {Source("oy", pad.Top, input.Shape.Height, pad.Form)};");
                writer.Line($"ref float row = ref {Refs.At("inputGradient", $"(block * {input.BlockStride}) + (y * {input.RowStride})", input.Origin)};");
                writer.Line($"ref float padded = ref {Refs.At("outputGradient", $"(block * {output.BlockStride}) + (oy * {output.RowStride})", output.Origin)};");
                using (writer.Open($"for (int ox = 0; ox < {output.Shape.Width}; ox++)"))
                {
                    writer.Line($"int x = {Source("ox", pad.Left, input.Shape.Width, pad.Form)};");
                    if (!isBlocked)
                    {
                        writer.Line($"{Refs.At("row", "x")} += {Refs.At("padded", "ox")};");
                        return;
                    }

                    using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
                    {
                        string to = Refs.At("row", $"(x * {input.PixelStride}) + lane");
                        string from = width.Load(Refs.At("padded", $"(ox * {output.PixelStride}) + lane"));
                        writer.Line(width.Store($"{width.Load(to)} + {from}", to));
                    }
                }
            }
        }
    }

    /// <summary>The element of the map that an element of the result is; of a constant border, one beyond the map.</summary>
    private static string Source(string output, int before, int size, PadForm form)
    {
        string position = before == 0 ? output : $"{output} - {before}";
        return form switch
        {
            PadForm.Reflect => $"{size - 1} - Math.Abs({size - 1} - Math.Abs({position}))",
            PadForm.Replicate => $"Math.Clamp({position}, 0, {size - 1})",
            _ => position,
        };
    }

    private static bool IsZero(PadOp pad) => pad is { Form: PadForm.Constant, Value: 0 };

    /// <summary>The map's own elements in the result: it is the map with a border.</summary>
    private static TensorView Middle(NodePlan plan)
    {
        PadOp pad = plan.OperatorAs<PadOp>();
        var border = new Border(pad.Top, pad.Bottom, pad.Left, pad.Right);
        return plan.Output.Layout == TensorLayout.Blocked ? TensorView.Blocked(plan.Input.Shape, border) : TensorView.Planar(plan.Input.Shape, border);
    }

    private static string Name(NodePlan plan)
    {
        PadOp pad = plan.OperatorAs<PadOp>();
        TensorView input = plan.Input;
        return $"{pad.Form}_{input.Shape.Channels}x{input.Shape.Height}x{input.Shape.Width}_to_{plan.Output.Shape.Height}x{plan.Output.Shape.Width}";
    }
}
