namespace NetGen.Generator.Graph.Ops;

/// <summary>max(0, x).</summary>
internal sealed record ReLUOp : ActivationOperator
{
    public override string NameStem => "relu";

    public override string Description => "ReLU";
}
