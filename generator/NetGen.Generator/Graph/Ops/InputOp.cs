using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph.Ops;

/// <summary>Takes the caller's images over into the network's memory, in a layout that kernels may read with whole vectors.</summary>
internal sealed record InputOp : Operator
{
    public override GradientRule Gradient => new(ReadsInput: false, ReadsOutput: false);

    public override string Description => "Input";

    public override TensorShape InferShape(EquatableArray<TensorShape> inputs) => inputs[0];
}
