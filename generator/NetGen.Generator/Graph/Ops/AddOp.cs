using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The sum of values of one shape.</summary>
internal sealed record AddOp : Operator
{
    public override bool AcceptsActivation => true;

    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Add";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}

/// <summary><c>[Add]</c>.</summary>
internal sealed class AddDefinition : JoinDefinition
{
    public override string NameStem => "add";

    protected override string ShapesDiffer => DiagnosticIds.AddedShapesDiffer;

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) => new AddOp();

    protected override bool GoTogether(TensorShape first, TensorShape other) => first == other;
}
