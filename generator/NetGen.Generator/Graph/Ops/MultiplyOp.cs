using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The product of values of one shape, and of numbers for each channel, which every position of the channel is multiplied by.</summary>
internal sealed record MultiplyOp : Operator
{
    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: true, ReadsOutput: false);

    public override string Description => "Multiply";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override string? RefusalToSlide(IReadOnlyList<SlidingValue> inputs) => SlidingOperator.RefusalToJoin(
        inputs, (first, _) => $"multiplies a map of {first.Extent} by numbers of its own window, which are others for every window");
}

/// <summary><c>[Multiply]</c>.</summary>
internal sealed class MultiplyDefinition : JoinDefinition
{
    public override string NameStem => "multiply";

    protected override string ShapesDiffer => DiagnosticIds.MultipliedShapesDiffer;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) => new MultiplyOp();

    /// <summary>The largest comes first: its shape is that of the product.</summary>
    public override IEnumerable<Value> Arrange(IEnumerable<Value> inputs) =>
        inputs.OrderByDescending(input => input.Shape.Length).ThenBy(input => input.Shape.IsVector);

    protected override bool GoTogether(TensorShape first, TensorShape other) =>
        first == other || (!first.IsVector && other.Length == first.Channels && other.Channels == first.Channels);
}
