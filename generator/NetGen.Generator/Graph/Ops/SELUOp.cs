namespace NetGen.Generator.Graph.Ops;

/// <summary>scale · x where x &gt; 0, scale · α · (exp(x) − 1) elsewhere.</summary>
internal sealed record SELUOp : ActivationOperator
{
    public override bool IsMonotone => true;

    public override string Description => "SELU";
}

/// <summary><c>[SELU]</c>.</summary>
internal sealed class SELUDefinition : OperatorDefinition
{
    public override string NameStem => "selu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new SELUOp();
}
