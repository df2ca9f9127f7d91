using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Reads what <c>[Input]</c> says of images of bytes.</summary>
internal static class PixelRules
{
    private const string Layout = "Layout";
    private const string Mean = "Mean";
    private const string Std = "Std";

    /// <summary>Whether a network takes images of bytes: one of the arguments about them is set, rightly or not.</summary>
    public static bool IsDeclared(IEnumerable<LayerSpec> layers) => layers.Any(IsDeclared);

    /// <summary>How bytes become the input; null where the network takes none, or after a mistake.</summary>
    /// <param name="spec">The declaration.</param>
    /// <param name="input">The shape of the input; null where a mistake hides it.</param>
    /// <param name="problems">Takes the mistakes.</param>
    public static PixelSpec? Read(NetworkSpec spec, TensorShape? input, ProblemList problems)
    {
        int layer = spec.Layers.ToList().FindIndex(IsDeclared);
        if (layer < 0 || spec.Layers[layer].IsUnreadable || input is not { } shape)
        {
            return null;
        }

        var arguments = new LayerArguments(spec.Layers[layer]);
        int layout = arguments.Integer(Layout, (int)PixelLayout.Chw);
        if (!Enum.IsDefined(typeof(PixelLayout), layout))
        {
            problems.Error(DiagnosticIds.UnknownLayout, layer, TextOf.Integer(layout));
        }

        EquatableArray<double> means = ReadChannels(arguments, Mean, 0, shape, layer, problems);
        EquatableArray<double> deviations = ReadChannels(arguments, Std, 1, shape, layer, problems);
        for (int i = 0; i < means.Count; i++)
        {
            // As a float, which it becomes.
            if (IsNotFinite((float)means[i]))
            {
                problems.Error(DiagnosticIds.MeanNotFinite, layer, Element(Mean, means, i), TextOf.Number(means[i]));
            }
        }

        for (int i = 0; i < deviations.Count; i++)
        {
            if (!(deviations[i] > 0) || IsNotFinite((float)deviations[i]) || IsNotFinite((float)(1 / deviations[i])))
            {
                problems.Error(DiagnosticIds.StdNotPositive, layer, Element(Std, deviations, i), TextOf.Number(deviations[i]));
            }
        }

        return problems.HasErrors ? null : new PixelSpec((PixelLayout)layout, means, deviations);
    }

    private static bool IsDeclared(LayerSpec layer)
    {
        var arguments = new LayerArguments(layer);
        return layer.Operator == InputRules.Attribute && (arguments.IsSet(Layout) || arguments.IsSet(Mean) || arguments.IsSet(Std));
    }

    private static EquatableArray<double> ReadChannels(
        LayerArguments arguments, string name, double fallback, TensorShape shape, int layer, ProblemList problems)
    {
        EquatableArray<double> values = arguments.Numbers(name) ?? EquatableArray.Of(fallback);
        if (values.Count != 1 && values.Count != shape.Channels)
        {
            string count = values.Count == 0 ? "no values" : $"{TextOf.Integer(values.Count)} values";
            problems.Error(DiagnosticIds.ChannelValues, layer, name, count, TextOf.Integer(shape.Channels));
        }

        return values;
    }

    private static string Element(string name, EquatableArray<double> values, int index) =>
        values.Count == 1 ? name : $"{name}[{TextOf.Integer(index)}]";

    private static bool IsNotFinite(float value) => float.IsNaN(value) || float.IsInfinity(value);
}
