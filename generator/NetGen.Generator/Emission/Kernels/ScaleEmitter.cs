using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>weight · x.</summary>
internal sealed class ScaleEmitter : ChannelWeightEmitter<ScaleOp>
{
    protected override string Stem => "Scale";

    protected override string Value(VectorWidth width, string x, string weight) => $"{x} * {weight}";

    protected override string WeightGradient(VectorWidth width, string x, string dy) => $"{x} * {dy}";

    protected override string InputGradient(VectorWidth width, string x, string dy, string weight) => $"{dy} * {weight}";
}
