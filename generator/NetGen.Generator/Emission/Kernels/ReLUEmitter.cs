using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>max(0, x).</summary>
internal sealed class ReLUEmitter : ActivationEmitter<ReLUOp>
{
    protected override bool IsCheap => true;

    protected override string Value(ReLUOp activation, VectorWidth width, string x) => Raise(width, width.Zero, x);

    protected override string Floor => "0f";

    protected override string Gradient(ReLUOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}), {width.Zero}, {dy})";
}
