using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x · Φ(x), with the distribution function of the standard normal distribution.</summary>
internal sealed record GELUOp(GeluForm Form) : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool GradientReadsInput => true;

    public override string Description => Form == GeluForm.Tanh ? "GELU by tanh" : "GELU";
}

/// <summary>How Φ is computed; the values are those of <c>NetGen.GeluApproximation</c>.</summary>
internal enum GeluForm
{
    None = 0,
    Tanh = 1,
}

/// <summary><c>[GELU]</c>.</summary>
internal sealed class GELUDefinition : OperatorDefinition
{
    public override string NameStem => "gelu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        var form = (GeluForm)arguments.Integer("Approximation", (int)GeluForm.None);
        if (form is GeluForm.None or GeluForm.Tanh)
        {
            return new GELUOp(form);
        }

        problems.Error(DiagnosticIds.UnknownApproximation, TextOf.Integer((int)form));
        return new GELUOp(GeluForm.None);
    }
}
