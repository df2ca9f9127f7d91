using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>y = W·x + b over a vector (PyTorch's <c>Linear</c>).</summary>
internal sealed record LinearOp(int OutFeatures, bool HasBias) : Operator
{
    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => HasBias ? "Linear" : "Linear, no bias";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => TensorShape.Vector(OutFeatures);

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs)
    {
        int inFeatures = (int)inputs[0].Length;
        var weight = new ParameterSpec("weight", EquatableArray.Of(OutFeatures, inFeatures), inFeatures, OutFeatures);
        return HasBias ? EquatableArray.Of(weight, new ParameterSpec("bias", EquatableArray.Of(OutFeatures), 0, 0)) : EquatableArray.Of(weight);
    }

    public override long MultiplyAdds(EquatableArray<TensorShape> inputs) => inputs[0].Length * OutFeatures;

    public override bool SlidesFlattened => true;

    public override SlidingOperator Slide(SlidingValue input) =>
        new(new Conv2dOp(OutFeatures, SlidingOperator.Over(input.Window), Groups: 1, HasBias) { IsLinear = true });
}

/// <summary><c>[Linear]</c>.</summary>
internal sealed class LinearDefinition : OperatorDefinition
{
    public override string NameStem => "fc";

    public override bool TakesVector => true;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        int outFeatures = arguments.Integer("outFeatures", 0);
        if (outFeatures >= 1)
        {
            return new LinearOp(outFeatures, arguments.Flag("Bias", true));
        }

        problems.Error(DiagnosticIds.LinearWithoutOutputs, TextOf.Integer(outFeatures));
        return null;
    }
}
