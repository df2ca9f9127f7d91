using System.Globalization;
using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// A network under test twice over: its declaration, and the reference layers that say what it is to compute. Each method adds a layer to
/// both.
/// </summary>
/// <param name="name">Name of the class.</param>
/// <param name="input">Shape of the input.</param>
internal sealed class NetworkCase(string name, TensorShape input)
{
    private readonly List<ReferenceLayer> _layers = [];
    private readonly List<string> _attributes = [];

    public string Name { get; } = name;

    /// <summary>Images of the batch that training runs; also the seed of what they are.</summary>
    public int Images { get; init; } = 3;

    public Unroll Unroll { get; init; } = Unroll.Balanced;

    public bool InputGradients { get; init; } = true;

    /// <summary>Whether the input is declared as a vector rather than as a map of one pixel.</summary>
    public bool IsVector { get; init; }

    /// <summary>Whether errors of one layer go through another.</summary>
    public bool IsChain => _layers.Count > 1;

    public TensorShape Shape => _layers.Count == 0 ? input : _layers[^1].Output;

    public ReferenceNetwork Reference => new(_layers);

    // A loss on what the network predicts, so that training runs the last activation as well.
    public string Source => $"""
        [Network(Unroll = Unroll.{Unroll}, InputGradients = {(InputGradients ? "true" : "false")})]
        [Input({(IsVector ? $"{input.Channels}" : $"{input.Channels}, {input.Height}, {input.Width}")})]
        [{string.Join(", ", _attributes)}, Loss(Loss.MeanSquaredError)]
        public sealed partial class {Name};

        """;

    public NetworkCase Conv(int outChannels, ReferenceWindow window, int groups = 1, bool bias = true, bool same = false)
    {
        string arguments = window.KernelH == window.KernelW ? $"{window.KernelH}" : $"{window.KernelH}, {window.KernelW}";
        arguments += Pair("Stride", window.StrideH, window.StrideW, 1) + Pair("Dilation", window.DilationH, window.DilationW, 1);
        arguments += same ? ", SamePadding = true" : Pair("Padding", window.PadTop, window.PadLeft, 0);
        arguments += (groups > 1 ? $", Groups = {groups}" : "") + (bias ? "" : ", Bias = false");
        ReferenceWindow resolved = same ? window.WithSamePadding(Shape) : window with { PadBottom = window.PadTop, PadRight = window.PadLeft };
        return Add($"Conv2d({outChannels}, {arguments})", new ReferenceConv2d(Shape, outChannels, resolved, groups, bias));
    }

    public NetworkCase Linear(int outFeatures, bool bias = true) =>
        Add($"Linear({outFeatures}{(bias ? "" : ", Bias = false")})", new ReferenceLinear(Shape, outFeatures, bias));

    public NetworkCase Flatten() => Add("Flatten", new ReferenceFlatten(Shape));

    public NetworkCase ReLU() => Add("ReLU", ReferenceActivation.ReLU(Shape));

    public NetworkCase LeakyReLU(double negativeSlope) => Add(
        $"LeakyReLU({negativeSlope.ToString("R", CultureInfo.InvariantCulture)})", ReferenceActivation.LeakyReLU(Shape, negativeSlope));

    public NetworkCase Sigmoid() => Add("Sigmoid", ReferenceActivation.Sigmoid(Shape));

    public NetworkCase Tanh() => Add("Tanh", ReferenceActivation.Tanh(Shape));

    public NetworkCase Add(string attribute, ReferenceLayer layer)
    {
        _attributes.Add(attribute);
        _layers.Add(layer);
        return this;
    }

    public override string ToString() => $"{Name} ({Unroll}, {Images} images): {input} {string.Join(", ", _attributes)}";

    /// <summary>Equal values by the short name, others by the names of their axes.</summary>
    private static string Pair(string name, int vertical, int horizontal, int usual) =>
        vertical == usual && horizontal == usual ? ""
        : vertical == horizontal ? $", {name} = {vertical}"
        : $", {name}H = {vertical}, {name}W = {horizontal}";
}
