using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x − log Σ exp(x) over the channels of each position.</summary>
internal sealed record LogSoftmaxOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: true);

    public override string Description => "LogSoftmax";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override SlidingOperator Slide(SlidingValue input) => new(this);
}

/// <summary><c>[LogSoftmax]</c>.</summary>
internal sealed class LogSoftmaxDefinition : OperatorDefinition
{
    public override string NameStem => "logsoftmax";

    /// <summary>Of log-probabilities it is the negative log likelihood.</summary>
    public override LossKind? MatchingLoss => LossKind.CrossEntropy;

    public override bool GivesLogProbabilities => true;

    public override bool EndsClassifiers => true;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new LogSoftmaxOp();
}
