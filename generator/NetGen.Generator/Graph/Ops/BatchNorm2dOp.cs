using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Each channel to mean 0 and variance 1, then scaled and shifted (Ioffe and Szegedy, 2015).</summary>
internal sealed record BatchNorm2dOp(double Epsilon, double Momentum, bool IsAffine) : Operator
{
    public const string Weight = "weight", Bias = "bias", RunningMean = "running_mean", RunningVariance = "running_var";

    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => IsAffine ? "BatchNorm2d" : "BatchNorm2d, not affine";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        EquatableArray<int> shape = EquatableArray.Of(inputs[0].Channels);
        IEnumerable<ParameterSpec> trained = IsAffine ? [ParameterSpec.Constant(Weight, shape, 1), ParameterSpec.Constant(Bias, shape, 0)] : [];
        return trained
            .Append(ParameterSpec.Constant(RunningMean, shape, 0) with { IsTrained = false })
            .Append(ParameterSpec.Constant(RunningVariance, shape, 1) with { IsTrained = false })
            .ToEquatableArray();
    }

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[BatchNorm2d]</c>.</summary>
internal sealed class BatchNorm2dDefinition : OperatorDefinition
{
    private const double UsualEpsilon = 1e-5, UsualMomentum = 0.1;

    public override string NameStem => "bn";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        WindowArguments.RequireFeatureMap(Name, input, problems);
        double epsilon = arguments.Number("Epsilon", UsualEpsilon), momentum = arguments.Number("Momentum", UsualMomentum);
        if ((float)epsilon is not (> 0 and < float.PositiveInfinity))
        {
            problems.Error(DiagnosticIds.EpsilonNotPositive, TextOf.Number(epsilon));
            epsilon = UsualEpsilon;
        }

        if (momentum is not (>= 0 and <= 1))
        {
            problems.Error(DiagnosticIds.MomentumRange, TextOf.Number(momentum));
            momentum = UsualMomentum;
        }

        return new BatchNorm2dOp(epsilon, momentum, arguments.Flag("Affine", true));
    }
}
