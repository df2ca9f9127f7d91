using NetGen.Generator.Collections;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>x where x ≥ 0, slope · x elsewhere, with slopes that are trained: one for each channel, or one for all.</summary>
internal sealed record PReLUOp(bool Shared) : Operator
{
    private const double InitialSlope = 0.25;

    public override bool IsElementwise => true;

    public override bool IsRectifier => true;

    /// <summary>A slope may become negative, and the result then does not tell the argument's sign.</summary>
    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => Shared ? "PReLU, one slope" : "PReLU";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override EquatableArray<ParameterSpec> Parameters(EquatableArray<TensorShape> inputs) =>
        EquatableArray.Of(ParameterSpec.Constant("weight", EquatableArray.Of(Shared ? 1 : inputs[0].Channels), InitialSlope));

    public override bool SlidesFlattened => Shared;
}

/// <summary><c>[PReLU]</c>.</summary>
internal sealed class PReLUDefinition : OperatorDefinition
{
    public override string NameStem => "prelu";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new PReLUOp(arguments.Flag("Shared", false));
}
