using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes the repacking of a convolution's weights for <see cref="DataGradientProducts"/>, whose vectors lie over input channels.</summary>
internal static class TransposedWeights
{
    /// <param name="weights">A reference to the weights.</param>
    /// <param name="packed">A reference to where they are packed.</param>
    public static void EmitPack(SourceWriter source, ConvolutionGeometry geometry, DataGradientProducts data, string weights, string packed)
    {
        Window2d window = geometry.Window;
        source.Line($"ref float weights = ref {weights};");
        source.Line($"ref float packedWeights = ref {packed};");
        if (geometry.GroupInputs % TensorView.Block != 0)
        {
            source.Line($"MemoryMarshal.CreateSpan(ref packedWeights, {data.PackedFloats}).Clear();");
        }

        using (source.Open($"for (int oc = 0; oc < {geometry.Output.Channels}; oc++)"))
        using (source.Open($"for (int ic = 0; ic < {geometry.GroupInputs}; ic++)"))
        using (source.Open($"for (int kh = 0; kh < {window.KernelH}; kh++)"))
        using (source.Open($"for (int kw = 0; kw < {window.KernelW}; kw++)"))
        {
            source.Line($"int from = {Weight(geometry)} + (kh * {geometry.WeightKernelRow}) + (kw * {geometry.WeightKernelColumn});");
            source.Line($"int to = ((oc / {geometry.GroupOutputs}) * {data.PackBlocks * data.PackBlock}) + ((ic / 16) * {data.PackBlock})"
                + $" + (kh * {data.PackRow}) + (kw * {data.PackColumn}) + ((oc % {geometry.GroupOutputs}) * 16) + (ic % 16);");
            source.Line("Unsafe.Add(ref packedWeights, to) = Unsafe.Add(ref weights, from);");
        }
    }

    private static string Weight(ConvolutionGeometry geometry) => geometry.IsBlocked
        ? $"((oc / 16) * {geometry.WeightOutput}) + (oc % 16) + ((ic / {geometry.InputBlock}) * {geometry.WeightInput}) + ((ic % {geometry.InputBlock}) * 16)"
        : $"(oc * {geometry.WeightOutput}) + (ic * {geometry.WeightInput})";
}
