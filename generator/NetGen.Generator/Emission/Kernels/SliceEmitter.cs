using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies a range of channels out, and its gradient back between zeros.</summary>
internal sealed class SliceEmitter : OperatorEmitter<SliceOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) =>
        output.IsVector ? TensorView.Vector(output.Channels)
        : input.Layout == TensorLayout.Blocked ? TensorView.Blocked(output)
        : TensorView.Planar(output);

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () =>
        {
            NodePlan plan = step.Plan;
            if (plan.InputShape.IsVector)
            {
                EmitElements(writer, plan, isGradient: false, "input", "output");
                return;
            }

            Part part = Part.Of(plan);
            string input = Refs.At("input", part.Start);
            if (part.Shift == 0)
            {
                CopyEmitter.EmitCall(writer, part.View, input, plan.Output, "output");
            }
            else
            {
                CopyEmitter.EmitChannelsCall(writer, part.View, input, part.Shift, plan.Output, "output", 0);
            }
        });

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            NodePlan plan = step.Plan;
            writer.Writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {plan.Input.Floats}).Clear();");
            if (plan.InputShape.IsVector)
            {
                EmitElements(writer, plan, isGradient: true, "outputGradient", "inputGradient");
                return;
            }

            Part part = Part.Of(plan);
            string target = Refs.At("inputGradient", part.Start);
            if (part.HasWholeBlocks)
            {
                CopyEmitter.EmitCall(writer, plan.Output, "outputGradient", part.View, target);
            }
            else
            {
                CopyEmitter.EmitChannelsCall(writer, plan.Output, "outputGradient", 0, part.View, target, part.Shift);
            }
        });

    /// <summary>Copies elements of a vector, which may lie as the map that it was.</summary>
    private static void EmitElements(StepWriter step, NodePlan plan, bool isGradient, string source, string destination)
    {
        SliceOp slice = plan.OperatorAs<SliceOp>();
        TensorView view = plan.Input;
        string name = step.Kernels.GetOrAdd(
            ("slice", view, slice, isGradient),
            $"Slice{(isGradient ? "Gradient" : "")}_{view.Shape.Length}_from_{slice.Start}_{slice.Count}",
            (writer, method) =>
            {
                writer.Line($"// {(isGradient ? "Gradient of elements" : "Elements")} {slice.Start} to {slice.Start + slice.Count - 1} of {view.Shape.Length}.");
                writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                using (writer.Open($"internal static void {method}(ref float source, ref float destination)"))
                {
                    int gap = plan.Output.Floats - slice.Count;
                    if (gap > 0 && !isGradient)
                    {
                        writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("destination", slice.Count)}, {gap}).Clear();");
                    }

                    if (view.IsInPyTorchOrder)
                    {
                        CopyEmitter.EmitSpanCopy(
                            writer,
                            isGradient ? "source" : Refs.At("source", slice.Start),
                            isGradient ? Refs.At("destination", slice.Start) : "destination",
                            slice.Count);
                        return;
                    }

                    int pixels = view.Shape.Height * view.Shape.Width;
                    using (writer.Open($"for (int i = 0; i < {slice.Count}; i++)"))
                    {
                        writer.Line($"int c = (i + {slice.Start}) / {pixels}, pixel = (i + {slice.Start}) % {pixels};");
                        string element = $"((c / {TensorView.Block}) * {view.BlockStride}) + (c % {TensorView.Block}) + (pixel * {TensorView.Block})";
                        writer.Line(isGradient
                            ? $"{Refs.At("destination", element)} = {Refs.At("source", "i")};"
                            : $"{Refs.At("destination", "i")} = {Refs.At("source", element)};");
                    }
                }
            });
        step.Writer.Line($"{name}(ref {source}, ref {destination});");
    }

    /// <summary>The range of the input's channels.</summary>
    /// <param name="View">The view of its channels from the block on that the first lies in, with nothing to be cleared around them.</param>
    /// <param name="Start">Floats to that block.</param>
    /// <param name="Shift">The channel of it which is the first.</param>
    private sealed record Part(TensorView View, int Start, int Shift)
    {
        /// <summary>Whether it shares no block with other channels, nor has lanes besides its own.</summary>
        public bool HasWholeBlocks => Shift == 0 && View.Shape.Channels % View.BlockChannels == 0;

        public static Part Of(NodePlan plan)
        {
            int channel = plan.OperatorAs<SliceOp>().Start;
            TensorView input = plan.Input, view = input with { Shape = plan.OutputShape, Floats = (int)plan.OutputShape.Length };
            return new Part(view, channel / input.BlockChannels * input.BlockStride, channel % input.BlockChannels);
        }
    }
}
