using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>Prints local response norms over planes: each lane is a position with its channels a plane apart.</summary>
internal sealed class PlanarResponseNorm(SourceWriter writer, TensorView view, VectorWidth width, ResponseWindow window)
{
    private readonly PlanarChannels _channels = new(writer, view, width);

    /// <summary>Floats of scratch memory of backward: a vector for each channel.</summary>
    public static int ScratchFloats(TensorView view) => view.Shape.Channels * TensorView.Block;

    public void EmitForward(bool takesRange) => _channels.ForEachGroup(
        () => _channels.ForEachVector(vector =>
        {
            EmitSquares();
            window.EmitPower(writer, width, "sum");
            writer.Line(width.Store($"{width.Load(vector.At("input"))} * power", vector.At("output")));
        }),
        takesRange);

    public void EmitBackward() => _channels.ForEachGroup(
        () =>
        {
            _channels.ForEachVector(vector =>
            {
                EmitSquares();
                window.EmitPower(writer, width, "sum");
                writer.Line($"{width.Type} scaled = {width.Load(vector.At("outputGradient"))} * power;");
                writer.Line(width.Store("scaled", vector.At("inputGradient")));
                writer.Line(width.Store($"{width.Load(vector.At("input"))} * scaled / d", Share("c")));
            });
            _channels.ForEachVector(vector =>
            {
                EmitSum(window.After, window.Before, () => writer.Line($"sum += {width.Load(Share("n"))};"));
                string taken = $"({width.Load(vector.At("input"))} * sum * {window.GradientFactor})";
                writer.Line(width.Store($"{width.Load(vector.At("inputGradient"))} - {taken}", vector.At("inputGradient")));
            });
        },
        takesRange: false);

    private static string Share(string channel) => Refs.At("scratch", $"{channel} * {TensorView.Block}");

    private void EmitSquares() => EmitSum(window.Before, window.After, () =>
    {
        string neighbor = Refs.At("input", $"({Refs.Times("n", view.BlockStride)}) + i", view.Origin);
        writer.Line($"{width.Type} x = {width.Load(neighbor)};");
        writer.Line($"sum = {width.MultiplyAdd("x", "x", "sum")};");
    });

    /// <summary>Declares <c>sum</c> and writes the loop over the channels <c>n</c> around <c>c</c>.</summary>
    private void EmitSum(int before, int after, Action body)
    {
        writer.Line($"{width.Type} sum = {width.Zero};");
        string first = $"Math.Max(c - {before}, 0)", end = $"Math.Min(c + {after + 1}, {view.Shape.Channels})";
        using (writer.Open($"for (int n = {first}; n < {end}; n++)"))
        {
            body();
        }
    }
}
