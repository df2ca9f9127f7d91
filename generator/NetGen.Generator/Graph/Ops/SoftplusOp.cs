using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>log(1 + exp(beta · x)) / beta, and x where beta · x is above the threshold.</summary>
internal sealed record SoftplusOp(double Beta, double Threshold) : ActivationOperator
{
    /// <summary>The default threshold: up from it the jump there is less than float32 shows.</summary>
    public const double UsualThreshold = 20;

    /// <summary>Below the usual threshold the function falls there, by as much as log(1 + exp(threshold)) is above it.</summary>
    public override bool IsMonotone => Threshold >= UsualThreshold;

    /// <summary>Where it falls, a result may be that of two arguments.</summary>
    public override bool GradientReadsInput => !IsMonotone;

    public override string Description => (Beta, Threshold) switch
    {
        (1, UsualThreshold) => "Softplus",
        (_, UsualThreshold) => $"Softplus {TextOf.Number(Beta)}",
        _ => $"Softplus {TextOf.Number(Beta)}, threshold {TextOf.Number(Threshold)}",
    };
}

/// <summary><c>[Softplus]</c>.</summary>
internal sealed class SoftplusDefinition : OperatorDefinition
{
    public override string NameStem => "softplus";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double beta = arguments.Number("beta", 1), threshold = arguments.Number("threshold", SoftplusOp.UsualThreshold);
        bool isPositive = (float)beta is > 0 and < float.PositiveInfinity;
        if (!isPositive)
        {
            problems.Error(DiagnosticIds.BetaNotPositive, TextOf.Number(beta));
        }

        if (double.IsNaN(threshold))
        {
            problems.Error(DiagnosticIds.ThresholdNotANumber, TextOf.Number(threshold));
        }

        return isPositive && !double.IsNaN(threshold) ? new SoftplusOp(beta, threshold) : new SoftplusOp(1, SoftplusOp.UsualThreshold);
    }
}
