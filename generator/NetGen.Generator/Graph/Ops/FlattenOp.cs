using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>A feature map as a vector, channel-major (PyTorch's <c>Flatten</c>).</summary>
internal sealed record FlattenOp : Operator
{
    public override bool IsReshape => true;

    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Flatten";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => TensorShape.Vector((int)inputs[0].Length);
}

/// <summary><c>[Flatten]</c>.</summary>
internal sealed class FlattenDefinition : OperatorDefinition
{
    public override string NameStem => "flatten";

    public override Operator? Create(LayerArguments arguments, TensorShape? input, LayerProblems problems) =>
        new FlattenOp();
}
