using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Strassen;

/// <inheritdoc/>
internal sealed record StrassenChoice(StrassenPlan Plan) : AlgorithmChoice
{
    public override int ForwardScratch => Plan.Sharing switch
    {
        StrassenSharing.Bands => 0,
        StrassenSharing.Panels => Plan.AllFactorFloats,
        _ => Plan.AllFactorFloats + Plan.AllProductFloats,
    };

    public override int PartScratch => Plan.Sharing switch
    {
        StrassenSharing.Bands => Plan.AllFactorFloats + Plan.AllProductFloats,
        StrassenSharing.Panels => Plan.AllProductFloats,
        _ => 0,
    };

    public override int PackedFloats => Plan.PackedFloats;

    public override void Emit(
        StepWriter step,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands) =>
        StrassenEmitter.Emit(step, Plan, input, output, accumulates, activation, operands);

    public override void EmitPack(StepWriter step, string weights, string packed, string? scale) =>
        StrassenEmitter.EmitPack(step, Plan, weights, packed, scale);
}
