using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x · tanh(log(1 + exp(x))).</summary>
internal sealed class MishEmitter : ActivationEmitter<MishOp>
{
    protected override string Value(MishOp activation, VectorWidth width, string x) =>
        $"VectorMath.Mish({x})";

    protected override string Gradient(MishOp activation, VectorWidth width, string x, string dy) =>
        $"({dy} * VectorMath.MishGradient({x}))";
}
