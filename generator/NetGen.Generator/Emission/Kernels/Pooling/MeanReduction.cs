using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>The mean of the elements, padding counted as zeros or not at all.</summary>
internal sealed record MeanReduction(bool CountPadding) : PoolReduction
{
    public override string Stem => CountPadding ? "AvgPool" : "AvgPoolWithoutPadding";

    public override string Description => CountPadding ? "Mean" : "Mean, padding not counted,";

    public override string Identity => "0f";

    public override bool ReadsValues => false;

    public override string Combine(VectorWidth width, string a, string b) => $"({a} + {b})";

    public override string CombineScalars(string a, string b) => $"{a} + {b}";

    public override bool IsUniform(PoolGeometry geometry) =>
        geometry.Rows.IsUniform(CountPadding) && geometry.Columns.IsUniform(CountPadding);

    public override string Scale(PoolGeometry geometry) => Literals.Float(1.0 / geometry.Taps);

    public override string Count(PoolAxis axis, string output)
    {
        if (axis.IsAdaptive)
        {
            (string first, string end) = PoolKernel.AdaptiveBounds(axis, output);
            return $"(({end}) - ({first}))";
        }

        string start = Refs.Times(output, axis.Stride);
        return axis.IsUniform(CountPadding) ? $"{axis.Kernel}"
            : CountPadding ? $"Math.Min({axis.Kernel}, {axis.PadBefore + axis.Size + axis.PadAfter} - ({start}))"
            : $"(Math.Min(({start}) + {axis.Kernel - axis.PadBefore}, {axis.Size}) - Math.Max(({start}) - {axis.PadBefore}, 0))";
    }

    public override void EmitGradientStart(SourceWriter writer, VectorWidth width, string output, string outputGradient, string? scale) =>
        writer.Line($"{width.Type} share = {width.Load(outputGradient)} * {scale};");

    public override void EmitGradientTap(SourceWriter writer, VectorWidth width, ElementRef input, ElementRef inputGradient, bool add) =>
        writer.Line(add
            ? width.Store($"{width.Load(inputGradient)} + share", inputGradient)
            : width.Store("share", inputGradient));

    public override void EmitScalarGradientStart(SourceWriter writer, string output, string outputGradient, string? scale) =>
        writer.Line($"float share = {outputGradient} * {scale};");

    public override void EmitScalarGradientTap(SourceWriter writer, string index) =>
        writer.Line($"{Refs.At("mapGradient", index)} += share;");

    public override void EmitHalvingGradient(SourceWriter writer, VectorWidth width, int half, (ElementRef Input, ElementRef Gradient)[] rows)
    {
        writer.Line($"{width.Type} share = VectorLanes.{HalfOf(half)}Twice(gradients) * 0.25f;");
        foreach ((_, ElementRef gradient) in rows)
        {
            writer.Line(width.Store("share", gradient));
        }
    }
}
