using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x where x ≥ 0, slope · x elsewhere, with slopes that are trained: one for each channel, or one for all.</summary>
internal sealed record PReLUOp(bool Shared) : ChannelWeightOperator(Shared)
{
    public override bool IsRectifier => true;

    public override string WeightName => "weight";

    public override string Description => Shared ? "PReLU, one slope" : "PReLU";

    protected override double InitialWeight => 0.25;
}

/// <summary><c>[PReLU]</c>.</summary>
internal sealed class PReLUDefinition : OperatorDefinition
{
    public override string NameStem => "prelu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new PReLUOp(arguments.Flag("Shared", false));
}
