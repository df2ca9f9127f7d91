using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.FullyConvolutional;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The sum of values of one shape.</summary>
internal sealed record AddOp : Operator
{
    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Add";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];

    public override string? RefusalToSlide(IReadOnlyList<SlidingValue> inputs) => SlidingOperator.RefusalToJoin(
        inputs, (first, other) => $"joins vectors of maps of {first.Extent} and {other.Extent}, which have no map in common");
}

/// <summary><c>[Add]</c>.</summary>
internal sealed class AddDefinition : JoinDefinition
{
    public override string NameStem => "add";

    protected override string ShapesDiffer => DiagnosticIds.AddedShapesDiffer;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) => new AddOp();

    protected override bool GoTogether(TensorShape first, TensorShape other) => first == other;
}
