using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>The same values in another layout, for a reader that needs all its inputs in one; the schedule inserts it.</summary>
internal sealed record RelayoutOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Relayout";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}
