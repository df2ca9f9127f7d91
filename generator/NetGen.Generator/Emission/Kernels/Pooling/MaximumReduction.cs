using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>
/// The greatest element; NaN is greater than any. The gradient goes to the first element, row by row, that has the window's value.
/// </summary>
internal sealed record MaximumReduction : PoolReduction
{
    public override string Stem => "MaxPool";

    public override string Description => "Maximum";

    public override string Identity => "float.NegativeInfinity";

    public override bool ReadsValues => true;

    public override string Combine(VectorWidth width, string a, string b) => $"VectorMath.Maximum({a}, {b})";

    public override string CombineScalars(string a, string b) => $"MathF.Max({a}, {b})";

    public override void EmitGradientStart(SourceWriter writer, VectorWidth width, string output, string outputGradient, string? scale)
    {
        writer.Line($"{width.Type} value = {width.Load(output)};");
        writer.Line($"{width.Type} rest = {width.Load(outputGradient)};");
    }

    public override void EmitGradientTap(SourceWriter writer, VectorWidth width, ElementRef input, ElementRef inputGradient, bool add)
    {
        using (writer.Open())
        {
            writer.Line($"{width.Type} hit = {width.Class}.Equals({width.Load(input)}, value);");
            writer.Line(add
                ? width.Store($"{width.Load(inputGradient)} + (rest & hit)", inputGradient)
                : width.Store("rest & hit", inputGradient));
            writer.Line($"rest = {width.Class}.AndNot(rest, hit);");
        }
    }

    public override void EmitScalarGradientStart(SourceWriter writer, string output, string outputGradient, string? scale)
    {
        writer.Line($"float value = {output};");
        writer.Line($"float gradient = {outputGradient};");
        writer.Line("int winner = -1;");
    }

    public override void EmitScalarGradientTap(SourceWriter writer, string index) =>
        writer.Line($"winner = winner < 0 && {Refs.At("map", index)} == value ? {index} : winner;");

    public override void EmitScalarGradientEnd(SourceWriter writer)
    {
        using (writer.Open("if (winner >= 0)"))
        {
            writer.Line($"{Refs.At("mapGradient", "winner")} += gradient;");
        }
    }

    public override void EmitHalvingGradient(SourceWriter writer, VectorWidth width, int half, (ElementRef Input, ElementRef Gradient)[] rows)
    {
        string type = width.Type;
        writer.Line($"{type} value = VectorLanes.{HalfOf(half)}Twice(values);");
        writer.Line($"{type} rest = VectorLanes.{HalfOf(half)}Twice(gradients);");
        foreach ((ElementRef input, ElementRef gradient) in rows)
        {
            // Both lanes of a pair know of the left element and the right one; the left one comes first.
            using (writer.Open())
            {
                writer.Line($"{type} row = {width.Load(input)};");
                writer.Line($"{type} left = {width.Class}.Equals(VectorLanes.EvensTwice(row), value);");
                writer.Line($"{type} right = {width.Class}.Equals(VectorLanes.OddsTwice(row), value);");
                writer.Line($"{type} hit = VectorLanes.Alternate(left, {width.Class}.AndNot(right, left));");
                writer.Line(width.Store("rest & hit", gradient));
                writer.Line($"rest = {width.Class}.AndNot(rest, left | right);");
            }
        }
    }
}
