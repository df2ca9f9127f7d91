using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>max(0, x); zero comes first, since x86 then lets NaN through.</summary>
internal sealed class ReLUEmitter : ActivationEmitter<ReLUOp>
{
    protected override bool IsCheap => true;

    protected override string Value(ReLUOp activation, VectorWidth width, string x) => $"{width.Class}.MaxNative({width.Zero}, {x})";

    protected override string Gradient(ReLUOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}), {width.Zero}, {dy})";
}
