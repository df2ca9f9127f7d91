namespace NetGen.Generator.Graph.Ops;

/// <summary>x · min(max(0, x + 3), 6) / 6.</summary>
internal sealed record HardSwishOp : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool GradientReadsInput => true;

    public override string Description => "HardSwish";
}

/// <summary><c>[HardSwish]</c>.</summary>
internal sealed class HardSwishDefinition : OperatorDefinition
{
    public override string NameStem => "hardswish";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new HardSwishOp();
}
