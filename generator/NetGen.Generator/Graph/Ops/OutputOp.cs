using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Gives the result in PyTorch's order, whatever layout the last kernel left it in.</summary>
internal sealed record OutputOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Output";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}
