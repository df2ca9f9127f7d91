using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Normalization;

/// <summary>
/// Prints local response norms over blocks of channels: the squares of one position's channels go to a line of scratch memory with zeros around,
/// from which a vector of channels takes its windows at any channel.
/// </summary>
internal sealed class BlockedResponseNorm(SourceWriter writer, TensorView view, VectorWidth width, ResponseWindow window)
{
    /// <summary>Taps at most that are written one after the other.</summary>
    private const int MostUnrolled = 9;

    private readonly BlockedChannels _channels = new(writer, view, width);

    public void EmitForward(bool takesRange)
    {
        EmitLine("squares", "scratch", window.Before);
        _channels.ForEachGroup(
            () =>
            {
                EmitSquares();
                _channels.ForEachVector(vector =>
                {
                    if (vector.Elements == 0)
                    {
                        writer.Line(width.Store(width.Zero, vector.At("output")));
                        return;
                    }

                    EmitSum(vector, "squares");
                    window.EmitPower(writer, width, "sum");
                    writer.Line(width.Store($"{width.Load(vector.At("input"))} * power", vector.At("output")));
                });
            },
            takesRange);
    }

    public void EmitBackward()
    {
        EmitLine("squares", "scratch", window.Before);
        EmitLine("shares", Refs.At("scratch", window.LineFloats), window.After);
        _channels.ForEachGroup(
            () =>
            {
                EmitSquares();
                _channels.ForEachVector(vector =>
                {
                    if (vector.Elements == 0)
                    {
                        return;
                    }

                    EmitSum(vector, "squares");
                    window.EmitPower(writer, width, "sum");
                    string gradient = Lanes.First(width, vector.Elements, width.Load(vector.At("outputGradient")), width.Zero);
                    writer.Line($"{width.Type} scaled = {gradient} * power;");
                    writer.Line(width.Store("scaled", vector.At("inputGradient")));
                    writer.Line(width.Store($"{width.Load(vector.At("input"))} * scaled / d", vector.Weight("sharesOfChannels")));
                });
                _channels.ForEachVector(vector =>
                {
                    if (vector.Elements == 0)
                    {
                        writer.Line(width.Store(width.Zero, vector.At("inputGradient")));
                        return;
                    }

                    EmitSum(vector, "shares");
                    string taken = $"({width.Load(vector.At("input"))} * sum * {window.GradientFactor})";
                    string rest = Lanes.First(width, vector.Elements, $"({width.Load(vector.At("inputGradient"))} - {taken})", width.Zero);
                    writer.Line(width.Store(rest, vector.At("inputGradient")));
                });
            },
            takesRange: false);
    }

    /// <summary>Declares a line of zeros, and the place of the first channel's number in it.</summary>
    /// <param name="before">Zeros before that.</param>
    private void EmitLine(string name, string place, int before)
    {
        writer.Line($"ref float {name} = ref {place};");
        writer.Line($"ref float {name}OfChannels = ref {Refs.At(name, before)};");
        writer.Line($"MemoryMarshal.CreateSpan(ref {name}, {window.LineFloats}).Clear();");
    }

    private void EmitSquares() => _channels.ForEachVector(vector =>
    {
        if (vector.Elements > 0)
        {
            writer.Line($"{width.Type} x = {Lanes.First(width, vector.Elements, width.Load(vector.At("input")), width.Zero)};");
            writer.Line(width.Store("x * x", vector.Weight("squaresOfChannels")));
        }
    });

    /// <summary>Declares <c>sum</c>, that of each channel's window in a line.</summary>
    private void EmitSum(NormVector vector, string line)
    {
        writer.Line($"ref float window = ref {vector.Weight(line)};");
        writer.Line($"{width.Type} sum = {width.Load("window")};");
        if (window.Taps <= MostUnrolled)
        {
            for (int tap = 1; tap < window.Taps; tap++)
            {
                writer.Line($"sum += {width.Load(Refs.At("window", tap))};");
            }

            return;
        }

        using (writer.Open($"for (int tap = 1; tap < {window.Taps}; tap++)"))
        {
            writer.Line($"sum += {width.Load(Refs.At("window", "tap"))};");
        }
    }
}
