namespace NetGen.Generator.Graph.Ops;

/// <summary>x · sigmoid(x).</summary>
internal sealed record SiLUOp : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool GradientReadsInput => true;

    public override string Description => "SiLU";
}

/// <summary><c>[SiLU]</c>.</summary>
internal sealed class SiLUDefinition : OperatorDefinition
{
    public override string NameStem => "silu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new SiLUOp();
}
