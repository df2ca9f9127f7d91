using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Tests.Infrastructure;

namespace NetGen.Generator.Tests.Properties;

/// <summary>An attribute with arguments drawn at random, as source and by value.</summary>
public sealed record RandomLayer(string Name, IReadOnlyList<(string Name, object Value)> Positional, IReadOnlyList<(string Name, object Value)> Named)
{
    private static readonly Gen<object> s_sizes = Gen.Frequency(
        (8, Gen.Choose(1, 4).Select(size => (object)size)),
        (2, Gen.Choose(5, 40).Select(size => (object)size)));

    private static readonly Gen<object> s_anyInteger = Gen.Frequency(
        (6, Gen.Choose(-2, 20).Select(size => (object)size)),
        (1, Gen.Choose(21, 5000).Select(size => (object)size)),
        (2, Gen.Elements<object>(int.MinValue, -1, 0, 1 << 16, 1 << 28, (1 << 28) - 16, 1 << 30, int.MaxValue - 1, int.MaxValue)));

    private static readonly Gen<object> s_fractions = Gen.Elements<object>(0.0, 0.01, 0.1, 0.25, 0.5, 0.999);

    private static readonly Gen<object> s_anyNumber = Gen.Elements<object>(
        0.0, -0.0, 0.5, 1.0, 1.5, -0.1, 1e-300, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity,
        double.NegativeInfinity);

    private static readonly Gen<object> s_flags = Gen.Elements<object>(true, false);

    // A method for a layer of a type's name would hide that type from the kernels.
    private static readonly Gen<object> s_typeNames = Gen.Elements(
        KernelLibrary.TypeNames.Order(StringComparer.Ordinal).Select(name => (object)(char.ToLowerInvariant(name[0]) + name[1..])).ToArray());

    private static readonly Gen<object> s_names = Gen.OneOf(
        Gen.Elements<object>("a", "b", "features.0", "class", "conv2", "relu1", "fc1.flatten", "_", "0", "Infer", "Unsafe"), s_typeNames);

    private static readonly Gen<object> s_anyName = Gen.OneOf(
        s_names, Gen.Elements<object>("", ".", "a.", "a b", "é", "\"", "\\", "{0}", "{", "\n", "\0", "\ud800", "*/", new string('x', 2000)));

    private static readonly (string Name, string[][] Positional, string[] Named)[] s_layers =
    [
        ("Conv2d", [["outChannels", "kernelSize"], ["outChannels", "kernelHeight", "kernelWidth"]],
            ["Stride", "StrideH", "StrideW", "Padding", "PaddingH", "PaddingW", "SamePadding", "Dilation", "DilationH", "DilationW", "Groups", "Bias", "Name"]),
        ("MaxPool2d", [["kernelSize"], ["kernelHeight", "kernelWidth"]],
            ["Stride", "StrideH", "StrideW", "Padding", "PaddingH", "PaddingW", "CeilMode", "Name"]),
        ("AvgPool2d", [["kernelSize"], ["kernelHeight", "kernelWidth"]],
            ["Stride", "StrideH", "StrideW", "Padding", "PaddingH", "PaddingW", "CeilMode", "CountIncludePad", "Name"]),
        ("GlobalAvgPool2d", [[]], ["Name"]),
        ("Conv1d", [["outChannels", "kernelSize"]], ["Stride", "Padding", "SamePadding", "Dilation", "Groups", "Bias", "Name"]),
        ("MaxPool1d", [["kernelSize"]], ["Stride", "Padding", "CeilMode", "Name"]),
        ("AvgPool1d", [["kernelSize"]], ["Stride", "Padding", "CeilMode", "CountIncludePad", "Name"]),
        ("ConvTranspose2d", [["outChannels", "kernelSize"], ["outChannels", "kernelHeight", "kernelWidth"]],
            ["Stride", "StrideH", "StrideW", "Padding", "PaddingH", "PaddingW", "OutputPadding", "OutputPaddingH", "OutputPaddingW",
                "Dilation", "DilationH", "DilationW", "Groups", "Bias", "Name"]),
        ("Upsample", [["scale"], ["scaleHeight", "scaleWidth"]], ["Mode", "AlignCorners", "Name"]),
        ("Pad", [["size"], ["top", "bottom", "left", "right"]], ["Mode", "Value", "Name"]),
        ("ChannelShuffle", [["groups"]], ["Name"]),
        ("Slice", [["start", "count"]], ["Name"]),
        ("GlobalMaxPool2d", [[]], ["Name"]),
        ("AdaptiveAvgPool2d", [["outputSize"], ["outputHeight", "outputWidth"]], ["Name"]),
        ("AdaptiveMaxPool2d", [["outputSize"], ["outputHeight", "outputWidth"]], ["Name"]),
        ("Linear", [["outFeatures"]], ["Bias", "Name"]),
        ("Flatten", [[]], ["Name"]),
        ("Dropout", [["probability"]], ["Name"]),
        ("ReLU", [[]], ["Name"]),
        ("PReLU", [[]], ["Shared", "Name"]),
        ("Scale", [[]], ["Shared", "InitialValue", "Name"]),
        ("BatchNorm2d", [[]], ["Epsilon", "Momentum", "Affine", "Name"]),
        ("LayerNorm", [[]], ["Over", "Epsilon", "Affine", "Name"]),
        ("LocalResponseNorm", [["size"]], ["Alpha", "Beta", "K", "Name"]),
        ("LeakyReLU", [[], ["negativeSlope"]], ["Name"]),
        ("Sigmoid", [[]], ["Name"]),
        ("Tanh", [[]], ["Name"]),
        ("Softmax", [[]], ["Name"]),
        ("LogSoftmax", [[]], ["Name"]),
        ("ReLU6", [[]], ["Name"]),
        ("ELU", [[], ["alpha"]], ["Name"]),
        ("SELU", [[]], ["Name"]),
        ("GELU", [[]], ["Approximation", "Name"]),
        ("SiLU", [[]], ["Name"]),
        ("Mish", [[]], ["Name"]),
        ("HardSigmoid", [[]], ["Name"]),
        ("HardSwish", [[]], ["Name"]),
        ("Softplus", [[], ["beta"], ["beta", "threshold"]], ["Name"]),
    ];

    private static readonly (string Name, string[][] Positional, string[] Named)[] s_settings =
    [
        ("Input", [["channels", "height", "width"], ["channels", "length"], ["length"]], []),
        ("Loss", [["loss"]], ["LabelSmoothing"]),
        ("Output", [["name"]], ["From"]),
    ];

    /// <summary>Small sizes and few arguments: most of these are sound.</summary>
    public static Gen<RandomLayer> Sane { get; } = Gen.Elements(s_layers).SelectMany(layer => Of(layer, 2, isSane: true));

    /// <summary>Anything that compiles.</summary>
    public static Gen<RandomLayer> Insane { get; } = Gen.Frequency(
        (6, Gen.Elements(s_layers).SelectMany(layer => Of(layer, 13, isSane: false))),
        (1, Gen.Elements(s_settings).SelectMany(layer => Of(layer, 1, isSane: false))));

    public static Gen<RandomLayer> SaneInput { get; } = Gen.Frequency(
        (4, Gen.Choose(1, 5).Zip(Gen.Choose(3, 14).Two(), (channels, size) => Input(channels, size.Item1, size.Item2))),
        (1, Gen.Choose(1, 70).Select(length => new RandomLayer("Input", [("length", length)], []))));

    public static RandomLayer Input(int channels, int height, int width) =>
        new("Input", [("channels", channels), ("height", height), ("width", width)], []);

    public string Source()
    {
        IEnumerable<string> arguments = Positional.Select(argument => $"{Literal(argument, Name)}")
            .Concat(Named.Select(argument => $"{argument.Name} = {Literal(argument, Name)}"));
        return $"{Name}({string.Join(", ", arguments)})";
    }

    public override string ToString() => Source();

    internal LayerSpec Spec() => Specs.Layer(Name, [.. Positional.Concat(Named).Select(argument => (argument.Name, (object?)argument.Value))]);

    private static Gen<RandomLayer> Of((string Name, string[][] Positional, string[] Named) attribute, int mostNamed, bool isSane) =>
        from positional in Gen.Elements(attribute.Positional)
        from values in Values(positional, isSane)
        from named in attribute.Named.Length == 0 ? Gen.Constant<string[]>([]) : Gen.Shuffle(attribute.Named)
        from count in Gen.Choose(0, Math.Min(mostNamed, named.Length))
        from namedValues in Values(isSane ? named.Take(count).Where(name => name != "SamePadding").ToArray() : named.Take(count).ToArray(), isSane)
        select new RandomLayer(attribute.Name, values, namedValues);

    private static Gen<(string Name, object Value)[]> Values(string[] names, bool isSane) =>
        Gen.CollectToArray(names, name => Value(name, isSane).Select(value => (name, value)));

    private static Gen<object> Value(string name, bool isSane) => name switch
    {
        "Bias" or "Shared" or "Affine" or "CeilMode" or "CountIncludePad" or "SamePadding" or "AlignCorners" => s_flags,
        "beta" when isSane => Gen.Elements<object>(0.25, 1.0, 2.0),
        "probability" or "negativeSlope" or "LabelSmoothing" or "alpha" or "beta" or "threshold" or "Value" => isSane ? s_fractions : s_anyNumber,
        "Name" => isSane ? s_names : s_anyName,
        "name" or "From" => s_anyName,
        "Approximation" or "Over" or "Mode" when isSane => Gen.Choose(0, 1).Select(choice => (object)choice),
        "Epsilon" when isSane => Gen.Elements<object>(1e-6, 1e-5, 0.1),
        "Alpha" or "Beta" or "K" or "Momentum" when isSane => Gen.Elements<object>(0.25, 0.75, 1.0),
        "Epsilon" or "Alpha" or "Beta" or "K" or "Momentum" => s_anyNumber,
        "loss" => isSane ? Gen.Choose(0, 5).Select(loss => (object)loss) : s_anyInteger,
        "Padding" or "PaddingH" or "PaddingW" or "OutputPadding" or "OutputPaddingH" or "OutputPaddingW" when isSane => Gen.Choose(0, 1).Select(padding => (object)padding),
        "start" or "size" or "top" or "bottom" or "left" or "right" when isSane => Gen.Choose(0, 2).Select(size => (object)size),
        "Groups" or "groups" when isSane => Gen.Choose(1, 2).Select(groups => (object)groups),
        _ => isSane ? s_sizes : s_anyInteger,
    };

    private static string Literal((string Name, object Value) argument, string layer) => argument.Value switch
    {
        int value when argument.Name == "loss" => $"(Loss)({value.ToString(CultureInfo.InvariantCulture)})",
        int value when argument.Name == "Approximation" => $"(GeluApproximation)({value.ToString(CultureInfo.InvariantCulture)})",
        int value when argument.Name == "Mode" => $"({layer}Mode)({value.ToString(CultureInfo.InvariantCulture)})",
        int value when argument.Name == "Over" => $"(LayerNormAxes)({value.ToString(CultureInfo.InvariantCulture)})",
        int value => value.ToString(CultureInfo.InvariantCulture),
        bool value => value ? "true" : "false",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double value => value.ToString("R", CultureInfo.InvariantCulture) + "d",
        string value => SymbolDisplay.FormatLiteral(value, quote: true),
        _ => "null",
    };
}
