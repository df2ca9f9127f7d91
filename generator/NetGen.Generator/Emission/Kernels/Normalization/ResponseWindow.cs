using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>The channels around each that a local response norm sums over, and its formulas.</summary>
/// <param name="Before">Channels before, as far as there are so many.</param>
/// <param name="After">Channels after.</param>
internal sealed record ResponseWindow(LocalResponseNormOp Norm, int Channels, int Before, int After)
{
    public static ResponseWindow Of(LocalResponseNormOp norm, int channels) =>
        new(norm, channels, Math.Min(norm.Size / 2, channels - 1), Math.Min((norm.Size - 1) / 2, channels - 1));

    public int Taps => Before + 1 + After;

    /// <summary>Floats of a line of numbers for each channel with zeros around, read a vector at any channel.</summary>
    public int LineFloats => TensorView.RoundUp(TensorView.RoundUp(Channels) + Before + After);

    /// <summary>Declares <c>d</c>, what is raised to −beta, given a sum of squares; and <c>power</c>, the result.</summary>
    public void EmitPower(SourceWriter source, VectorWidth width, string sum)
    {
        string k = width.Broadcast(Literals.Float(Norm.K));
        source.Line($"{width.Type} d = {width.MultiplyAdd(sum, width.Broadcast(Literals.Float(Norm.Alpha / Norm.Size)), k)};");
        string one = $"{width.Type}.One", root = $"{width.Class}.Sqrt(d)";
        string power = Norm.Beta switch
        {
            0 => one,
            0.5 => $"{one} / {root}",
            0.75 => $"{one} / ({root} * {width.Class}.Sqrt({root}))",
            1 => $"{one} / d",
            _ => $"VectorMath.Exp({width.Class}.Log(d) * {Literals.Float(-Norm.Beta)})",
        };
        source.Line($"{width.Type} power = {power};");
    }

    /// <summary>The factor of x · Σ y · dy / d, the sum over all channels whose windows have this one, that is taken from its gradient.</summary>
    public string GradientFactor => Literals.Float(2 * Norm.Alpha * Norm.Beta / Norm.Size);
}
