namespace NetGen.Generator.Graph.Ops;

/// <summary>x where x ≥ 0, slope · x elsewhere.</summary>
internal sealed record LeakyReLUOp(double NegativeSlope) : ActivationOperator
{
    public override string NameStem => "relu";

    public override string Description => $"LeakyReLU {NegativeSlope}";
}
