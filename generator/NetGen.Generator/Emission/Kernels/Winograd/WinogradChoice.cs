using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <inheritdoc/>
internal sealed record WinogradChoice(WinogradPlan Plan) : AlgorithmChoice
{
    public override int ForwardScratch => Plan.SharesOutBands ? 0 : Plan.BandFloats;

    public override int PartScratch => Plan.EdgeFloats + (Plan.SharesOutBands ? Plan.BandFloats : 0);

    public override int PackedFloats => Plan.PackedFloats;

    public override void Emit(
        StepWriter step,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands) =>
        WinogradEmitter.Emit(step, Plan, input, output, accumulates, activation, operands);

    public override void EmitPack(StepWriter step, string weights, string packed, string? scale) =>
        WinogradEmitter.EmitPack(step, Plan, weights, packed, scale);
}
