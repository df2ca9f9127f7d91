using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>exp(x) / Σ exp(x) over the channels of each position.</summary>
internal sealed record SoftmaxOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: true);

    public override string Description => "Softmax";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[Softmax]</c>.</summary>
internal sealed class SoftmaxDefinition : OperatorDefinition
{
    public override string NameStem => "softmax";

    public override LossKind? MatchingLoss => LossKind.CrossEntropy;

    public override bool EndsClassifiers => true;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new SoftmaxOp();
}
