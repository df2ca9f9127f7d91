using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// log(1 + exp(beta · x)) / beta, and x above the threshold. Its derivative, sigmoid(beta · x), is 1 − exp(−beta · y) of the result where
/// that does not jump at the threshold.
/// </summary>
internal sealed class SoftplusEmitter : ActivationEmitter<SoftplusOp>
{
    protected override string Value(SoftplusOp activation, VectorWidth width, string x) => $"VectorMath.Softplus({x}, {Arguments(activation)})";

    protected override string Gradient(SoftplusOp activation, VectorWidth width, string kept, string dy) => activation.GradientReadsInput
        ? $"({dy} * VectorMath.SoftplusGradient({kept}, {Arguments(activation)}))"
        : $"(-{dy} * VectorMath.ExpMinusOne({kept} * {Literals.Float(-activation.Beta)}))";

    private static string Arguments(SoftplusOp activation) => $"{Literals.Float(activation.Beta)}, {Literals.Float(activation.Threshold)}";
}
