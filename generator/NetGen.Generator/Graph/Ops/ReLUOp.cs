namespace NetGen.Generator.Graph.Ops;

/// <summary>max(0, x).</summary>
internal sealed record ReLUOp : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool IsMonotone => true;

    public override string Description => "ReLU";
}

/// <summary><c>[ReLU]</c>.</summary>
internal sealed class ReLUDefinition : OperatorDefinition
{
    public override string NameStem => "relu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new ReLUOp();
}
