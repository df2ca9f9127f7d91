namespace NetGen.Generator.Graph.Ops;

/// <summary>min(max(0, x + 3), 6) / 6.</summary>
internal sealed record HardSigmoidOp : ActivationOperator
{
    public override bool IsMonotone => true;

    public override string Description => "HardSigmoid";
}

/// <summary><c>[HardSigmoid]</c>.</summary>
internal sealed class HardSigmoidDefinition : OperatorDefinition
{
    public override string NameStem => "hardsigmoid";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new HardSigmoidOp();
}
