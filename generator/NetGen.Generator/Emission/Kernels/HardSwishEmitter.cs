using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x · min(max(0, x + 3), 6) / 6, with derivative x / 3 + ½ between −3 and 3.</summary>
internal sealed class HardSwishEmitter : ActivationEmitter<HardSwishOp>
{
    protected override bool IsCheap => true;

    protected override string Value(HardSwishOp activation, VectorWidth width, string x) =>
        $"({x} * {HardSigmoidEmitter.Of(width, x)})";

    protected override string Gradient(HardSwishOp activation, VectorWidth width, string x, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({x}, {width.Broadcast("-3f")}), {width.Zero}, {FromMinusThree(width, x, dy)})";

    private static string FromMinusThree(VectorWidth width, string x, string dy)
    {
        string slope = $"(({x} * {Literals.Float(1.0 / 3)}) + {width.Broadcast("0.5f")})";
        return $"{width.Class}.ConditionalSelect({width.Class}.GreaterThanOrEqual({x}, {width.Broadcast("3f")}), {dy}, {dy} * {slope})";
    }
}
