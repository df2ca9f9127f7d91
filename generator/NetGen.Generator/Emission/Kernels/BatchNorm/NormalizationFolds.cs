using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.BatchNorm;

/// <summary>Writes what makes a batch normalisation by running averages two vectors, a factor and a shift of each channel.</summary>
internal static class NormalizationFolds
{
    /// <summary>Floats of both vectors.</summary>
    public static int Floats(int channels) => 2 * TensorView.RoundUp(channels);

    /// <summary>Writes the call.</summary>
    /// <param name="offsetOf">The place of a parameter of the normalisation.</param>
    /// <param name="scale">A reference to where the factors go; the shifts follow.</param>
    /// <param name="convolutionBias">The place of the bias before the normalisation, if there is one.</param>
    public static void EmitFold(
        StepWriter writer, BatchNorm2dOp batchNorm, int channels, Func<string, int> offsetOf, string scale, int? convolutionBias = null)
    {
        string affine = batchNorm.IsAffine
            ? $"weight: {Place("weight", offsetOf(BatchNorm2dOp.Weight))}, bias: {Place("bias", offsetOf(BatchNorm2dOp.Bias))}"
            : "weight: NormalizationFolding.None, bias: NormalizationFolding.None";
        string before = convolutionBias is { } bias ? $", convolutionBias: {Place("convolutionBias", bias)}" : "";
        writer.Writer.Line(
            $"NormalizationFolding.Fold(ref parameters, ref statistics, ref {scale}, {writer.Argument("channels", channels)}, {Literals.Double(batchNorm.Epsilon)}, {affine}, "
            + $"mean: {Place("mean", offsetOf(BatchNorm2dOp.RunningMean))}, variance: {Place("variance", offsetOf(BatchNorm2dOp.RunningVariance))}{before});");

        string Place(string name, int offset) => writer.Argument(name, offset);
    }
}
