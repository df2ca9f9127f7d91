using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x where it is positive, alpha · (exp(x) − 1) elsewhere, whose derivative is the result plus alpha.</summary>
internal sealed class ELUEmitter : ActivationEmitter<ELUOp>
{
    protected override string Value(ELUOp activation, VectorWidth width, string x) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({x}, {width.Zero}), "
        + $"VectorMath.ExpMinusOne({x}) * {Literals.Float(activation.Alpha)}, {x})";

    protected override string Gradient(ELUOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}), "
        + $"{dy} * ({y} + {width.Broadcast(Literals.Float(activation.Alpha))}), {dy})";
}
