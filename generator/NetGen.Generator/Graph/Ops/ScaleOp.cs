using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>weight · x with weights that are trained: one for each channel, or one for all.</summary>
internal sealed record ScaleOp(bool Shared, double InitialValue) : ChannelWeightOperator(Shared)
{
    /// <summary>The layer's own name is the tensor's: PyTorch has no such module, and the factors are a parameter of the one around it.</summary>
    public override string WeightName => "";

    public override string Description => Shared ? "Scale, one factor" : "Scale";

    protected override double InitialWeight => InitialValue;
}

/// <summary><c>[Scale]</c>.</summary>
internal sealed class ScaleDefinition : OperatorDefinition
{
    public override string NameStem => "scale";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double initialValue = arguments.Number("InitialValue", 1);
        if (float.IsNaN((float)initialValue) || float.IsInfinity((float)initialValue))
        {
            problems.Error(DiagnosticIds.InitialValueNotFinite, TextOf.Number(initialValue));
            initialValue = 1;
        }

        return new ScaleOp(arguments.Flag("Shared", false), initialValue);
    }
}
