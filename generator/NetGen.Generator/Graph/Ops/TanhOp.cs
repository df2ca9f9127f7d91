namespace NetGen.Generator.Graph.Ops;

/// <summary>The hyperbolic tangent.</summary>
internal sealed record TanhOp : ActivationOperator
{
    public override string NameStem => "tanh";

    public override string Description => "Tanh";
}
