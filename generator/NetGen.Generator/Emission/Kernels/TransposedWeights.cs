using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes the repacking of a convolution's weights for <see cref="DataGradientProducts"/>, whose vectors lie over input channels, where these do
/// not read them as they are.
/// </summary>
internal static class TransposedWeights
{
    /// <param name="weights">A reference to the weights.</param>
    /// <param name="packed">A reference to where they are packed.</param>
    /// <param name="scale">A reference to a factor of each input channel, if there is one.</param>
    public static void EmitPack(SourceWriter source, ConvolutionGeometry geometry, DataGradientProducts data, string weights, string packed, string? scale = null)
    {
        Window2d window = geometry.Window;
        source.Line($"ref float weights = ref {weights};");
        source.Line($"ref float packedWeights = ref {packed};");
        int used = geometry.Output.Channels * geometry.GroupInputs * window.KernelH * window.KernelW;
        if (used < Floats(geometry, data))
        {
            source.Line($"MemoryMarshal.CreateSpan(ref packedWeights, {Floats(geometry, data)}).Clear();");
        }

        using (source.Open($"for (int oc = 0; oc < {geometry.Output.Channels}; oc++)"))
        using (source.Open($"for (int ic = 0; ic < {geometry.GroupInputs}; ic++)"))
        using (source.Open($"for (int kh = 0; kh < {window.KernelH}; kh++)"))
        using (source.Open($"for (int kw = 0; kw < {window.KernelW}; kw++)"))
        {
            source.Line($"int from = {Weight(geometry)} + (kh * {geometry.WeightKernelRow}) + (kw * {geometry.WeightKernelColumn});");
            source.Line(!data.IsBlocked
                ? "int to = from;"
                : $"int to = ((oc / {geometry.GroupOutputs}) * {data.PackBlocks * data.PackBlock}) + ((ic / 16) * {data.PackBlock})"
                    + $" + (kh * {data.PackRow}) + (kw * {data.PackColumn}) + ((oc % {geometry.GroupOutputs}) * 16) + (ic % 16);");
            string group = geometry.Groups == 1 ? "" : $"((oc / {geometry.GroupOutputs}) * {geometry.GroupInputs}) + ";
            string factor = scale is null ? "" : $" * {Refs.At(scale, $"{group}ic")}";
            source.Line($"Unsafe.Add(ref packedWeights, to) = Unsafe.Add(ref weights, from){factor};");
        }
    }

    /// <summary>Floats of the packed weights: in blocks of input channels for products whose vectors lie over them, else as the parameters lie.</summary>
    public static int Floats(ConvolutionGeometry geometry, DataGradientProducts data) =>
        data.IsBlocked ? data.PackedFloats : geometry.WeightStorage.Floats;

    private static string Weight(ConvolutionGeometry geometry) => geometry.IsBlocked
        ? $"((oc / 16) * {geometry.WeightOutput}) + (oc % 16) + ((ic / {geometry.InputBlock}) * {geometry.WeightInput}) + ((ic % {geometry.InputBlock}) * 16)"
        : $"(oc * {geometry.WeightOutput}) + (ic * {geometry.WeightInput})";
}
