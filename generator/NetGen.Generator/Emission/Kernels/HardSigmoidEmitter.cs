using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>min(max(0, x + 3), 6) / 6; x comes last, since x86 then lets NaN through.</summary>
internal sealed class HardSigmoidEmitter : ActivationEmitter<HardSigmoidOp>
{
    private static readonly string s_sixth = Literals.Float(1.0 / 6);

    protected override bool IsCheap => true;

    protected override string Value(HardSigmoidOp activation, VectorWidth width, string x) => Of(width, x);

    protected override string Gradient(HardSigmoidOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}) "
        + $"| {width.Class}.GreaterThanOrEqual({y}, {width.Type}.One), {width.Zero}, {dy} * {s_sixth})";

    /// <summary>The function of a vector, as a primary expression.</summary>
    public static string Of(VectorWidth width, string x) =>
        $"({width.Class}.MinNative({width.Broadcast("6f")}, {width.Class}.MaxNative({width.Zero}, {x} + {width.Broadcast("3f")})) * {s_sixth})";
}
