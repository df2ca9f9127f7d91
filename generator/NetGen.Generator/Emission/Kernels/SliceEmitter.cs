using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Copies a range of channels out, and its gradient back between zeros.</summary>
internal sealed class SliceEmitter : OperatorEmitter<SliceOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => ChannelSelection.ViewOf(input, output);

    public override bool CanShare(NodePlan plan) => !plan.InputShape.IsVector && WorkSharing.PaysToMove(plan.Output);

    public override string Inspection(Node node, string arguments) => $"Slice({arguments}, {((SliceOp)node.Operator).Start})";

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

            EmitSelection(writer, plan.Input, "input", plan.Node.Operator.SelectedChannels(plan.InputShapes), plan.Output, "output");
        });

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            NodePlan plan = step.Plan;
            if (plan.InputShape.IsVector)
            {
                writer.Writer.Line($"MemoryMarshal.CreateSpan(ref inputGradient, {plan.Input.Floats}).Clear();");
                EmitElements(writer, plan, isGradient: true, "outputGradient", "inputGradient");
                return;
            }

            SliceOp slice = plan.OperatorAs<SliceOp>();
            EquatableArray<int> channels = Enumerable.Range(-slice.Start, plan.InputShape.Channels)
                .Select(channel => channel >= 0 && channel < slice.Count ? channel : ChannelSelection.Zero)
                .ToEquatableArray();
            EmitSelection(writer, plan.Output, "outputGradient", channels, plan.Input, "inputGradient");
        });

    private static void EmitSelection(
        StepWriter writer, TensorView from, string source, EquatableArray<int> channels, TensorView to, string destination) =>
        ChannelSelection.EmitCall(writer, EquatableArray.Of(from), [source], channels, to, destination);

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
}
