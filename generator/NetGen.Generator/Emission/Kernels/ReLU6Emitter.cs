using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>min(max(0, x), 6); x comes last, since x86 then lets NaN through.</summary>
internal sealed class ReLU6Emitter : ActivationEmitter<ReLU6Op>
{
    protected override bool IsCheap => true;

    protected override string Value(ReLU6Op activation, VectorWidth width, string x) =>
        $"{width.Class}.MinNative({width.Broadcast("6f")}, {width.Class}.MaxNative({width.Zero}, {x}))";

    protected override string Gradient(ReLU6Op activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}) "
        + $"| {width.Class}.GreaterThanOrEqual({y}, {width.Broadcast("6f")}), {width.Zero}, {dy})";
}
