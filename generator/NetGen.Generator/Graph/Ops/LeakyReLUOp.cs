using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x where x ≥ 0, slope · x elsewhere.</summary>
internal sealed record LeakyReLUOp(double NegativeSlope) : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool IsMonotone => true;

    public override string Description => $"LeakyReLU {TextOf.Number(NegativeSlope)}";
}

/// <summary><c>[LeakyReLU]</c>.</summary>
internal sealed class LeakyReLUDefinition : OperatorDefinition
{
    public override string NameStem => "relu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double slope = arguments.Number("negativeSlope", 0.01);
        if (slope >= 0 && !double.IsPositiveInfinity(slope))
        {
            return new LeakyReLUOp(slope);
        }

        problems.Error(DiagnosticIds.NegativeSlope, TextOf.Number(slope));
        return new LeakyReLUOp(0);
    }
}
