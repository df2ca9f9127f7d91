namespace NetGen.Generator.Graph.Ops;

/// <summary>min(max(0, x), 6).</summary>
internal sealed record ReLU6Op : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool IsMonotone => true;

    public override string Description => "ReLU6";
}

/// <summary><c>[ReLU6]</c>.</summary>
internal sealed class ReLU6Definition : OperatorDefinition
{
    public override string NameStem => "relu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new ReLU6Op();
}
