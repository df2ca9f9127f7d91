using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x · Φ(x), exactly or by tanh.</summary>
internal sealed class GELUEmitter : ActivationEmitter<GELUOp>
{
    protected override string Value(GELUOp activation, VectorWidth width, string x) => $"VectorMath.{Method(activation)}({x})";

    protected override string Gradient(GELUOp activation, VectorWidth width, string x, string dy) =>
        $"({dy} * VectorMath.{Method(activation)}Gradient({x}))";

    private static string Method(GELUOp activation) => activation.Form == GeluForm.Tanh ? "GeluTanh" : "Gelu";
}
