using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>1 / (1 + exp(−x)).</summary>
internal sealed class SigmoidEmitter : ActivationEmitter<SigmoidOp>
{
    protected override string Value(SigmoidOp activation, VectorWidth width, string x) =>
        $"({width.Type}.One / ({width.Type}.One + VectorMath.Exp(-{x})))";

    protected override string Gradient(SigmoidOp activation, VectorWidth width, string y, string dy) =>
        $"({dy} * {y} * ({width.Type}.One - {y}))";
}
