namespace NetGen.Generator.Graph.Ops;

/// <summary>1 / (1 + exp(−x)).</summary>
internal sealed record SigmoidOp : ActivationOperator
{
    public override string NameStem => "sigmoid";

    public override string Description => "Sigmoid";
}
