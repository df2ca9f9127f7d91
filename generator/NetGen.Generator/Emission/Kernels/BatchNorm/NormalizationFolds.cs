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
            ? $"weight: {writer.Argument("weight", offsetOf(BatchNorm2dOp.Weight))}, bias: {writer.Argument("bias", offsetOf(BatchNorm2dOp.Bias))}"
            : "weight: NormalizationFolding.None, bias: NormalizationFolding.None";
        string before = convolutionBias is { } bias ? $", convolutionBias: {writer.Argument("convolutionBias", bias)}" : "";
        writer.Writer.Line(
            $"NormalizationFolding.Fold(ref parameters, ref statistics, ref {scale}, {writer.Argument("channels", channels)}, {Literals.Double(batchNorm.Epsilon)}, {affine}, "
            + $"mean: {writer.Argument("mean", offsetOf(BatchNorm2dOp.RunningMean))}, variance: {writer.Argument("variance", offsetOf(BatchNorm2dOp.RunningVariance))}{before});");
    }

    /// <summary>Floats of what a convolution, transposed or not, takes in; 0 where there is no normalisation behind it.</summary>
    public static int Floats(NodePlan plan) =>
        plan.Node.Normalization is null ? 0 : Floats(Channels(plan));

    /// <summary>Writes the fold of what a convolution takes in to the start of its packed floats.</summary>
    /// <param name="hasBias">Whether the convolution has a bias of its own.</param>
    /// <returns>A reference to the factors; null where there is nothing to take in.</returns>
    public static string? EmitFold(Step step, StepWriter writer, bool hasBias)
    {
        if (step.Plan.Node.Normalization is not { } normalization)
        {
            return null;
        }

        string scale = Refs.At("packed", step.Packed);
        int channels = Channels(step.Plan);
        EmitFold(writer, normalization.Operator, channels, step.FoldedOffset, scale, hasBias ? step.ParameterOffset("bias") : null);
        return scale;
    }

    /// <summary>Declares the weights and the bias that a convolution's forward step reads.</summary>
    /// <param name="readsPacked">Whether the weights are packed, behind what is folded in.</param>
    /// <param name="hasBias">Whether there is a bias, its own or a normalisation's shift.</param>
    public static void EmitWeights(Step step, StepWriter writer, bool readsPacked, bool hasBias)
    {
        int folded = Floats(step.Plan);
        string weights = readsPacked
            ? writer.At("packed", "weightsStart", step.Packed + folded)
            : writer.At("parameters", "weightsStart", step.ParameterOffset("weight"));
        writer.Writer.Line($"ref float weights = ref {weights};");
        if (hasBias)
        {
            string bias = folded > 0
                ? writer.At("packed", "biasStart", step.Packed + (folded / 2))
                : writer.At("parameters", "biasStart", step.ParameterOffset("bias"));
            writer.Writer.Line($"ref float bias = ref {bias};");
        }
    }

    private static int Channels(NodePlan plan) => plan.Node.Operator.InferShape(plan.InputShapes).Channels;
}
