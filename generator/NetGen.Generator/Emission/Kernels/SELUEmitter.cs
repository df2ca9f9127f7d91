using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>scale · x where it is positive, scale · α · (exp(x) − 1) elsewhere, whose derivative is the result plus scale · α.</summary>
internal sealed class SELUEmitter : ActivationEmitter<SELUOp>
{
    // The fixed point of mean 0 and variance 1 under the function (Klambauer et al., 2017, equation 14).
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Scale = 1.0507009873554804934193349852946;

    protected override string Value(SELUOp activation, VectorWidth width, string x) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({x}, {width.Zero}), "
        + $"VectorMath.ExpMinusOne({x}) * {Literals.Float(Scale * Alpha)}, {x} * {Literals.Float(Scale)})";

    protected override string Gradient(SELUOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}), "
        + $"{dy} * ({y} + {width.Broadcast(Literals.Float(Scale * Alpha))}), {dy} * {Literals.Float(Scale)})";
}
