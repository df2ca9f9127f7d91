using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class TanhEmitter : ActivationEmitter<TanhOp>
{
    protected override string Value(TanhOp activation, VectorWidth width, string x) => $"VectorMath.Tanh({x})";

    protected override string Gradient(TanhOp activation, VectorWidth width, string y, string dy) =>
        $"({dy} * ({width.Type}.One - ({y} * {y})))";
}
