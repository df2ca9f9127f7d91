using NetGen.Generator.Emission.Kernels.Pooling;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Upsampling;

/// <summary>
/// The sum under each window. Its gradient gives every element what its window has: with windows side by side that is nearest upsampling,
/// and the sum is the gradient of that.
/// </summary>
internal sealed record NearestReduction : PoolReduction
{
    public override string Stem => "SumPool";

    public override string Description => "Sum";

    public override string Identity => "0f";

    public override bool ReadsValues => false;

    public override string Combine(VectorWidth width, string a, string b) => $"({a} + {b})";

    public override string CombineScalars(string a, string b) => $"{a} + {b}";

    public override void EmitGradientStart(SourceWriter writer, VectorWidth width, string output, string outputGradient, string? scale) =>
        writer.Line($"{width.Type} value = {width.Load(outputGradient)};");

    public override void EmitGradientTap(SourceWriter writer, VectorWidth width, ElementRef input, ElementRef inputGradient, bool add) =>
        writer.Line(width.Store("value", inputGradient));

    public override void EmitScalarGradientStart(SourceWriter writer, string output, string outputGradient, string? scale) =>
        writer.Line($"float value = {outputGradient};");

    public override void EmitScalarGradientTap(SourceWriter writer, string index) =>
        writer.Line($"{Refs.At("mapGradient", index)} = value;");

    public override void EmitHalvingGradient(SourceWriter writer, VectorWidth width, int half, (ElementRef Input, ElementRef Gradient)[] rows)
    {
        writer.Line($"{width.Type} values = VectorLanes.{HalfOf(half)}Twice(gradients);");
        foreach ((_, ElementRef gradient) in rows)
        {
            writer.Line(width.Store("values", gradient));
        }
    }
}
