using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Zeroes elements with a probability while training and scales the rest by 1 / (1 − p); nothing at inference (Srivastava et al., 2014).</summary>
internal sealed record DropoutOp(double Probability) : Operator
{
    public override bool IsElementwise => true;

    /// <summary>The mask is made again from its counter, so backward reads nothing of the forward pass.</summary>
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"Dropout {TextOf.Number(Probability)}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override bool SlidesFlattened => true;
}

/// <summary><c>[Dropout]</c>.</summary>
internal sealed class DropoutDefinition : OperatorDefinition
{
    public override string NameStem => "dropout";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems)
    {
        double probability = arguments.Number("probability", 0);
        if (probability is >= 0 and < 1)
        {
            return new DropoutOp(probability);
        }

        problems.Error(DiagnosticIds.DropoutProbability, TextOf.Number(probability));
        return new DropoutOp(0);
    }
}
