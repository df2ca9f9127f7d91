using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x where x &gt; 0, alpha · (exp(x) − 1) elsewhere.</summary>
internal sealed record ELUOp(double Alpha) : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool IsMonotone => true;

    public override string Description => Alpha == 1 ? "ELU" : $"ELU {TextOf.Number(Alpha)}";
}

/// <summary><c>[ELU]</c>.</summary>
internal sealed class ELUDefinition : OperatorDefinition
{
    public override string NameStem => "elu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double alpha = arguments.Number("alpha", 1);
        if ((float)alpha is >= 0 and < float.PositiveInfinity)
        {
            return new ELUOp(alpha);
        }

        problems.Error(DiagnosticIds.NegativeAlpha, TextOf.Number(alpha));
        return new ELUOp(1);
    }
}
