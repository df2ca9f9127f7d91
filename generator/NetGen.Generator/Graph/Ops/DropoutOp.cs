using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Zeroes elements with a probability while training and scales the rest by 1 / (1 − p); nothing at inference (Srivastava et al., 2014).</summary>
internal sealed record DropoutOp(double Probability) : Operator
{
    public override string NameStem => "dropout";

    public override bool IsElementwise => true;

    /// <summary>The mask is made again from its counter, so backward reads nothing of the forward pass.</summary>
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => $"Dropout {Probability}";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}
