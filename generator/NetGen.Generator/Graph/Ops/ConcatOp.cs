using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The channels of several values, one value's behind the other's.</summary>
internal sealed record ConcatOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Concat";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) =>
        inputs[0] with { Channels = (int)Math.Min(inputs.Sum(input => (long)input.Channels), int.MaxValue) };

    public override bool SelectsChannels => true;

    public override EquatableArray<int> SelectedChannels(EquatableArray<TensorShape> inputs) => Enumerable.Range(0, InferShape(inputs).Channels).ToEquatableArray();

    public override string? RefusalToSlide(IReadOnlyList<SlidingValue> inputs) => SlidingOperator.RefusalToJoin(
        inputs, (first, other) => $"joins vectors of maps of {first.Extent} and {other.Extent}, which have no map in common");
}

/// <summary><c>[Concat]</c>.</summary>
internal sealed class ConcatDefinition : JoinDefinition
{
    public override string NameStem => "concat";

    protected override string ShapesDiffer => DiagnosticIds.ConcatenatedMapsDiffer;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) => new ConcatOp();

    protected override bool GoTogether(TensorShape first, TensorShape other) => first with { Channels = other.Channels } == other;
}
