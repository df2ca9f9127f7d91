using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>x where it is positive, slope · x elsewhere.</summary>
internal sealed class LeakyReLUEmitter : ActivationEmitter<LeakyReLUOp>
{
    protected override bool IsCheap => true;

    // The argument is used twice: the JIT keeps it in a register.
    protected override string Value(LeakyReLUOp activation, VectorWidth width, string x) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({x}, {width.Zero}), {x} * {Slope(activation)}, {x})";

    protected override string Gradient(LeakyReLUOp activation, VectorWidth width, string y, string dy) =>
        $"{width.Class}.ConditionalSelect({width.Class}.LessThanOrEqual({y}, {width.Zero}), {dy} * {Slope(activation)}, {dy})";

    private static string Slope(LeakyReLUOp activation) => Literals.Float(activation.NegativeSlope);
}
