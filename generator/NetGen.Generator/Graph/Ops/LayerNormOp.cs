using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>
/// (x − mean) / √(variance + epsilon) · weight + bias, the mean and variance over all elements of an image or over the channels at each
/// position.
/// </summary>
/// <param name="IsAffine">Whether there are a weight and a bias.</param>
internal sealed record LayerNormOp(NormAxes Over, double Epsilon, bool IsAffine) : Operator
{
    public const double UsualEpsilon = 1e-5;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => "LayerNorm" + (Over == NormAxes.Channels ? " over channels" : "")
        + (Epsilon == UsualEpsilon ? "" : $", epsilon {TextOf.Number(Epsilon)}") + (IsAffine ? "" : ", not affine");

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        TensorShape input = inputs[0];
        EquatableArray<int> shape = input.IsVector || Over == NormAxes.Channels
            ? EquatableArray.Of(input.Channels)
            : EquatableArray.Of(input.Channels, input.Height, input.Width);
        return IsAffine
            ? EquatableArray.Of(ParameterSpec.Constant("weight", shape, 1), ParameterSpec.Constant("bias", shape, 0))
            : EquatableArray<ParameterSpec>.Empty;
    }

    public override SlidingOperator Slide(SlidingValue input) =>
        Over == NormAxes.Channels && !input.IsVector ? new(this)
        : input.Window is not { Height: 1, Width: 1 } ?
            SlidingOperator.Refuse($"normalises over all {input.Window} of a window at once; use Over = LayerNormAxes.Channels")
        : !input.IsVector && IsAffine ?
            SlidingOperator.Refuse($"has a weight of {input.Window}, the shape of a window's map; use Over = LayerNormAxes.Channels")
        : new(this with { Over = NormAxes.Channels });
}

/// <summary>What is normalised together; the values are those of <c>NetGen.LayerNormAxes</c>.</summary>
internal enum NormAxes
{
    All = 0,
    Channels = 1,
}

/// <summary><c>[LayerNorm]</c>.</summary>
internal sealed class LayerNormDefinition : OperatorDefinition
{
    public override string NameStem => "ln";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double epsilon = arguments.Number("Epsilon", LayerNormOp.UsualEpsilon);
        if (!((float)epsilon is > 0 and < float.PositiveInfinity))
        {
            problems.Error(DiagnosticIds.EpsilonNotPositive, TextOf.Number(epsilon));
            epsilon = LayerNormOp.UsualEpsilon;
        }

        var over = (NormAxes)arguments.Integer("Over", (int)NormAxes.All);
        if (over is < NormAxes.All or > NormAxes.Channels)
        {
            problems.Error(DiagnosticIds.UnknownNormAxes, TextOf.Integer((int)over));
            over = NormAxes.All;
        }

        return new LayerNormOp(over, epsilon, arguments.Flag("Affine", true));
    }
}
