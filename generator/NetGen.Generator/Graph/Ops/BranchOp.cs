using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>
/// A value for one of its several readers. It is the value itself; what that reader's gradient says is added to what the others' say.
/// </summary>
internal sealed record BranchOp : Operator
{
    public override bool IsReshape => true;

    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Branch";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}
