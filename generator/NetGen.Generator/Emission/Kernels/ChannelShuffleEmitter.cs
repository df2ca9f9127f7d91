using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Deals channels out channel by channel; the gradients go back by as many groups as a group has channels.</summary>
internal sealed class ChannelShuffleEmitter : OperatorEmitter<ChannelShuffleOp>
{
    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => EmitCall(writer, step.Plan.Input, step.Plan.OperatorAs<ChannelShuffleOp>().Groups, "input", "output"));

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            TensorView view = step.Plan.Input;
            EmitCall(writer, view, view.Shape.Channels / step.Plan.OperatorAs<ChannelShuffleOp>().Groups, "outputGradient", "inputGradient");
        });

    private static void EmitCall(StepWriter step, TensorView view, int groups, string source, string destination)
    {
        string name = step.Kernels.GetOrAdd(
            ("shuffle", view, groups),
            $"Shuffle_{view.Shape.Channels}x{view.Shape.Height}x{view.Shape.Width}_g{groups}",
            (writer, method) => Emit(writer, method, view, groups));
        step.Writer.Line($"{name}(ref {source}, ref {destination});");
    }

    private static void Emit(SourceWriter writer, string method, TensorView view, int groups)
    {
        int channels = view.Shape.Channels;
        writer.Line($"// Channel k of group i of {groups} becomes channel k · {groups} + i: {view.Shape}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float source, ref float destination)"))
        {
            if (view.Floats > view.Shape.Length)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref destination, {view.Floats}).Clear();");
            }

            using (writer.Open($"for (int c = 0; c < {channels}; c++)"))
            {
                writer.Line($"int from = ((c % {groups}) * {channels / groups}) + (c / {groups});");
                writer.Line($"ref float sourceChannel = ref {Channel("source", "from")};");
                writer.Line($"ref float destinationChannel = ref {Channel("destination", "c")};");
                using (writer.Open($"for (int y = 0; y < {view.Shape.Height}; y++)"))
                {
                    if (view.PixelStride == 1)
                    {
                        CopyEmitter.EmitSpanCopy(
                            writer,
                            Refs.At("sourceChannel", $"y * {view.RowStride}"),
                            Refs.At("destinationChannel", $"y * {view.RowStride}"),
                            view.Shape.Width);
                        return;
                    }

                    using (writer.Open($"for (int x = 0; x < {view.Shape.Width}; x++)"))
                    {
                        string pixel = $"(y * {view.RowStride}) + (x * {view.PixelStride})";
                        writer.Line($"{Refs.At("destinationChannel", pixel)} = {Refs.At("sourceChannel", pixel)};");
                    }
                }
            }
        }

        string Channel(string reference, string c) => view.Layout == TensorLayout.Blocked
            ? Refs.At(reference, $"(({c} / {TensorView.Block}) * {view.BlockStride}) + ({c} % {TensorView.Block})", view.Origin)
            : Refs.At(reference, $"{c} * {view.BlockStride}", view.Origin);
    }
}
