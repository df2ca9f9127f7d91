using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// The mean of each channel. Rows are summed apart and then together, which keeps the rounding error of large maps small; the result
/// lies as a vector, its lanes behind the last channel zero.
/// </summary>
internal sealed class GlobalAvgPool2dEmitter : OperatorEmitter<GlobalAvgPool2dOp>
{
    public override TensorView ChooseView(Node node, TensorView input, TensorShape output) => TensorView.Blocked(output);

    public override void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => writer.ForEachWidth(width =>
        {
            TensorView view = step.Plan.Input;
            string name = writer.Kernels.GetOrAdd(
                width,
                ("global mean", view),
                $"GlobalAvgPool_{Shape(view)}",
                (source, method) => EmitMean(source, method, view, width));
            writer.Writer.Line($"{name}(ref input, ref output);");
        }));

    public override void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () =>
        {
            TensorView view = step.Plan.Input;
            PaddingEmitter.EmitClearLanes(writer, step.Plan.Output, "outputGradient");
            writer.ForEachWidth(width =>
            {
                string name = writer.Kernels.GetOrAdd(
                    width,
                    ("global mean gradient", view),
                    $"GlobalAvgPoolGradient_{Shape(view)}",
                    (source, method) => EmitGradient(source, method, view, width));
                writer.Writer.Line($"{name}(ref outputGradient, ref inputGradient);");
            });
        });

    private static void EmitMean(SourceWriter source, string method, TensorView view, VectorWidth width)
    {
        source.Line($"// Mean of each channel: {view.Shape} → {view.Shape.Channels}, in {Layout(view)}.");
        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (source.Open($"internal static void {method}(ref float input, ref float output)"))
        {
            if (view.Layout == TensorLayout.Blocked)
            {
                EmitBlockedMean(source, view, width);
            }
            else
            {
                EmitPlanarMean(source, view, width);
            }
        }
    }

    private static void EmitPlanarMean(SourceWriter source, TensorView view, VectorWidth width)
    {
        TensorShape shape = view.Shape;
        using (source.Open($"for (int c = 0; c < {shape.Channels}; c++)"))
        {
            source.Line($"ref float map = ref {Refs.At("input", Refs.Times("c", view.BlockStride), view.Origin)};");
            source.Line($"{width.Type} total = {width.Zero};");
            using (source.Open($"for (int y = 0; y < {shape.Height}; y++)"))
            {
                source.Line($"ref float row = ref {Refs.At("map", $"y * {view.RowStride}")};");
                source.Line($"{width.Type} sum = {width.Zero};");
                Lanes.ForEachVector(source, width, shape.Width, "x", (index, offset, count) =>
                    source.Line($"sum += {Lanes.First(width, count, width.Load(Refs.At("row", index, 1, offset)), width.Zero)};"));
                source.Line("total += sum;");
            }

            source.Line($"{Refs.At("output", "c")} = {width.Class}.Sum(total) * {Share(view)};");
        }

        int lanes = TensorView.RoundUp(shape.Channels) - shape.Channels;
        if (lanes > 0)
        {
            source.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("output", shape.Channels)}, {lanes}).Clear();");
        }
    }

    private static void EmitBlockedMean(SourceWriter source, TensorView view, VectorWidth width) =>
        ForEachVectorOfChannels(source, view, width, () =>
        {
            source.Line($"{width.Type} total = {width.Zero};");
            using (source.Open($"for (int y = 0; y < {view.Shape.Height}; y++)"))
            {
                source.Line($"{width.Type} sum = {width.Zero};");
                using (source.Open($"for (int x = 0; x < {view.Shape.Width}; x++)"))
                {
                    source.Line($"sum += {width.Load(Element("input", view))};");
                }

                source.Line("total += sum;");
            }

            source.Line(width.Store($"total * {Share(view)}", Channels("output")));
        });

    private static void EmitGradient(SourceWriter source, string method, TensorView view, VectorWidth width)
    {
        source.Line($"// Gradient of the mean of each channel: its share to every element of {view.Shape}, in {Layout(view)}.");
        source.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (source.Open($"internal static void {method}(ref float outputGradient, ref float inputGradient)"))
        {
            if (view.Layout == TensorLayout.Blocked)
            {
                EmitBlockedGradient(source, view, width);
            }
            else
            {
                EmitPlanarGradient(source, view, width);
            }
        }
    }

    private static void EmitPlanarGradient(SourceWriter source, TensorView view, VectorWidth width)
    {
        using (source.Open($"for (int c = 0; c < {view.Shape.Channels}; c++)"))
        {
            source.Line($"ref float map = ref {Refs.At("inputGradient", Refs.Times("c", view.BlockStride), view.Origin)};");
            source.Line($"{width.Type} share = {width.Broadcast($"{Refs.At("outputGradient", "c")} * {Share(view)}")};");
            using (source.Open($"for (int y = 0; y < {view.Shape.Height}; y++)"))
            using (source.Open($"for (int x = 0; x < {view.Shape.Width}; x += {width.Lanes})"))
            {
                source.Line(width.Store("share", Refs.At("map", $"(y * {view.RowStride}) + x")));
            }
        }
    }

    private static void EmitBlockedGradient(SourceWriter source, TensorView view, VectorWidth width) =>
        ForEachVectorOfChannels(source, view, width, () =>
        {
            source.Line($"{width.Type} share = {width.Load(Channels("outputGradient"))} * {Share(view)};");
            using (source.Open($"for (int y = 0; y < {view.Shape.Height}; y++)"))
            using (source.Open($"for (int x = 0; x < {view.Shape.Width}; x++)"))
            {
                source.Line(width.Store("share", Element("inputGradient", view)));
            }
        });

    private static void ForEachVectorOfChannels(SourceWriter source, TensorView view, VectorWidth width, Action body)
    {
        using (source.Open($"for (int block = 0; block < {view.Blocks}; block++)"))
        using (source.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
        {
            body();
        }
    }

    private static string Element(string reference, TensorView view) => Refs.At(
        reference, $"(block * {view.BlockStride}) + lane + (y * {view.RowStride}) + (x * {view.PixelStride})", view.Origin);

    private static string Channels(string reference) => Refs.At(reference, $"(block * {TensorView.Block}) + lane");

    private static string Share(TensorView view) => Literals.Float(1.0 / ((double)view.Shape.Height * view.Shape.Width));

    private static string Shape(TensorView view) => $"{view.Shape.Channels}x{view.Shape.Height}x{view.Shape.Width}";

    private static string Layout(TensorView view) => view.Layout == TensorLayout.Blocked ? "blocks of 16 channels" : "planes";
}
