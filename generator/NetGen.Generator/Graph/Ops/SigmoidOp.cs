namespace NetGen.Generator.Graph.Ops;

/// <summary>1 / (1 + exp(−x)).</summary>
internal sealed record SigmoidOp : ActivationOperator
{
    public override bool IsMonotone => true;

    public override string Description => "Sigmoid";
}

/// <summary><c>[Sigmoid]</c>.</summary>
internal sealed class SigmoidDefinition : OperatorDefinition
{
    public override string NameStem => "sigmoid";

    public override LossKind? MatchingLoss => LossKind.BinaryCrossEntropy;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new SigmoidOp();
}
