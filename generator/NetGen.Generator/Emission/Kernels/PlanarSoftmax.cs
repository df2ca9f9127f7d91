using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Prints the softmax, or its logarithm, over planes: each lane is a position with its channels a plane apart, so that lanes never meet.</summary>
internal static class PlanarSoftmax
{
    public static void EmitForward(SourceWriter writer, TensorView view, VectorWidth width) =>
        ForEachPosition(writer, view, width, ["input", "output"], () =>
        {
            EmitGreatest(writer, view, width);
            writer.Line($"{width.Type} sum = {width.Zero};");
            ForEachChannel(writer, view, 0, at =>
            {
                writer.Line($"{width.Type} power = VectorMath.Exp({width.Load(at("inputs"))} - greatest);");
                writer.Line(width.Store("power", at("outputs")));
                writer.Line("sum += power;");
            });
            ForEachChannel(writer, view, 0, at => writer.Line(width.Store($"{width.Load(at("outputs"))} / sum", at("outputs"))));
        });

    public static void EmitBackward(SourceWriter writer, TensorView view, VectorWidth width) =>
        ForEachPosition(writer, view, width, ["output", "outputGradient", "inputGradient"], () =>
        {
            writer.Line($"{width.Type} sum = {width.Zero};");
            ForEachChannel(writer, view, 0, at =>
                writer.Line($"sum += {width.Load(at("outputs"))} * {width.Load(at("outputGradients"))};"));
            ForEachChannel(writer, view, 0, at => writer.Line(
                width.Store($"{width.Load(at("outputs"))} * ({width.Load(at("outputGradients"))} - sum)", at("inputGradients"))));
        });

    public static void EmitLogarithmForward(SourceWriter writer, TensorView view, VectorWidth width) =>
        ForEachPosition(writer, view, width, ["input", "output"], () =>
        {
            EmitGreatest(writer, view, width);
            writer.Line($"{width.Type} sum = {width.Zero};");
            ForEachChannel(writer, view, 0, at => writer.Line($"sum += VectorMath.Exp({width.Load(at("inputs"))} - greatest);"));
            writer.Line($"{width.Type} total = {width.Class}.Log(sum);");
            ForEachChannel(writer, view, 0, at =>
                writer.Line(width.Store($"{width.Load(at("inputs"))} - greatest - total", at("outputs"))));
        });

    public static void EmitLogarithmBackward(SourceWriter writer, TensorView view, VectorWidth width) =>
        ForEachPosition(writer, view, width, ["output", "outputGradient", "inputGradient"], () =>
        {
            writer.Line($"{width.Type} sum = {width.Zero};");
            ForEachChannel(writer, view, 0, at => writer.Line($"sum += {width.Load(at("outputGradients"))};"));
            ForEachChannel(writer, view, 0, at => writer.Line(
                width.Store($"{width.Load(at("outputGradients"))} - (VectorMath.Exp({width.Load(at("outputs"))}) * sum)", at("inputGradients"))));
        });

    private static void EmitGreatest(SourceWriter writer, TensorView view, VectorWidth width)
    {
        writer.Line($"{width.Type} greatest = {width.Load("inputs")};");
        ForEachChannel(writer, view, 1, at =>
            writer.Line($"greatest = {width.Class}.MaxNative({width.Load(at("inputs"))}, greatest);"));
    }

    /// <summary>Writes the loop over a plane's vectors; what is in the columns behind a row's last element nobody reads.</summary>
    private static void ForEachPosition(SourceWriter writer, TensorView view, VectorWidth width, string[] references, Action body)
    {
        using (writer.Open($"for (int i = 0; i < {view.Shape.Height * view.RowStride}; i += {width.Lanes})"))
        {
            foreach (string reference in references)
            {
                writer.Line($"ref float {reference}s = ref {Refs.At(reference, "i", view.Origin)};");
            }

            body();
        }
    }

    private static void ForEachChannel(SourceWriter writer, TensorView view, int first, Action<Func<string, string>> body)
    {
        using (writer.Open($"for (int c = {first}; c < {view.Shape.Channels}; c++)"))
        {
            body(reference => Refs.At(reference, Refs.Times("c", view.BlockStride)));
        }
    }
}
