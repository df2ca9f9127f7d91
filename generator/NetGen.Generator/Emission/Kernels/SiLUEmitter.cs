using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x · sigmoid(x).</summary>
internal sealed class SiLUEmitter : ActivationEmitter<SiLUOp>
{
    protected override string Value(SiLUOp activation, VectorWidth width, string x) =>
        $"({x} / ({width.Type}.One + VectorMath.Exp(-{x})))";

    protected override string Gradient(SiLUOp activation, VectorWidth width, string x, string dy) =>
        $"({dy} * VectorMath.SiluGradient({x}))";
}
