using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x where it is positive, weight · x elsewhere.</summary>
internal sealed class PReLUEmitter : ChannelWeightEmitter<PReLUOp>
{
    protected override string Stem => "PReLU";

    protected override string Value(VectorWidth width, string x, string weight) =>
        $"{width.Class}.ConditionalSelect({NotPositive(width, x)}, {x} * {weight}, {x})";

    protected override string WeightGradient(VectorWidth width, string x, string dy) => $"({x} * {dy}) & {NotPositive(width, x)}";

    protected override string InputGradient(VectorWidth width, string x, string dy, string weight) =>
        $"{width.Class}.ConditionalSelect({NotPositive(width, x)}, {dy} * {weight}, {dy})";

    private static string NotPositive(VectorWidth width, string x) => $"{width.Class}.LessThanOrEqual({x}, {width.Zero})";
}
