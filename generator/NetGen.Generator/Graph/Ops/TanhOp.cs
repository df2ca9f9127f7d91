namespace NetGen.Generator.Graph.Ops;

/// <summary>The hyperbolic tangent.</summary>
internal sealed record TanhOp : ActivationOperator
{
    public override bool IsMonotone => true;

    public override string Description => "Tanh";
}

/// <summary><c>[Tanh]</c>.</summary>
internal sealed class TanhDefinition : OperatorDefinition
{
    public override string NameStem => "tanh";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new TanhOp();
}
