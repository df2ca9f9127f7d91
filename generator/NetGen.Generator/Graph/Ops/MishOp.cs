namespace NetGen.Generator.Graph.Ops;

/// <summary>x · tanh(log(1 + exp(x))).</summary>
internal sealed record MishOp : ActivationOperator
{
    public override bool IsRectifier => true;

    public override bool GradientReadsInput => true;

    public override string Description => "Mish";
}

/// <summary><c>[Mish]</c>.</summary>
internal sealed class MishDefinition : OperatorDefinition
{
    public override string NameStem => "mish";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new MishOp();
}
