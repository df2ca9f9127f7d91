using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// x − max − log Σ exp(x − max), which neither overflows nor becomes the logarithm of a probability that is too small for a float.
/// Backward follows from the result: dx = dy − exp(y) · Σ dy.
/// </summary>
internal sealed class LogSoftmaxEmitter : SoftmaxEmitter<LogSoftmaxOp>
{
    protected override void EmitForward(SourceWriter writer, TensorView view, VectorWidth width) =>
        PlanarSoftmax.EmitLogarithmForward(writer, view, width);

    protected override void EmitForward(LaneSoftmax lanes) => lanes.EmitLogarithmForward();

    protected override void EmitBackward(SourceWriter writer, TensorView view, VectorWidth width) =>
        PlanarSoftmax.EmitLogarithmBackward(writer, view, width);

    protected override void EmitBackward(LaneSoftmax lanes) => lanes.EmitLogarithmBackward();
}
