using NetGen.Tests.Reference;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>The declaration of a network under test, put together layer by layer.</summary>
/// <param name="name">Name of the class.</param>
/// <param name="input">Shape of the input.</param>
internal sealed class NetworkCase(string name, TensorShape input)
{
    private readonly List<string> _attributes = [];
    private readonly Dictionary<string, TensorShape> _named = [];
    private string? _from;
    private readonly TensorShape _input = input;

    public string Name { get; } = name;

    /// <summary>Images of the batch that training runs; also the seed of what they are.</summary>
    public int Images { get; init; } = 3;

    public Unroll Unroll { get; init; } = Unroll.Balanced;

    public bool InputGradients { get; init; } = true;

    /// <summary>
    /// How predictions convolve. Sums in their own order have the error of sums; Winograd's tiles have a larger one, so that networks ask for
    /// them by name.
    /// </summary>
    public ConvolutionAlgorithm Convolution { get; init; } = ConvolutionAlgorithm.Direct;

    /// <summary>Whether the input is declared as a vector rather than as a map of one pixel.</summary>
    public bool IsVector { get; init; }

    /// <summary>Whether the input is declared as a sequence rather than as a map of one row.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Whether errors of one layer go through another.</summary>
    public bool IsChain => _attributes.Count > 1;

    /// <summary>Shape of what the layers so far compute.</summary>
    public TensorShape Shape { get; private set; } = input;

    // A loss on what the network predicts, so that training runs the last activation as well.
    public string Source => $"""
        [Network(Unroll = Unroll.{Unroll}, Convolution = ConvolutionAlgorithm.{Convolution}, InputGradients = {(InputGradients ? "true" : "false")})]
        [Input({(IsVector ? $"{_input.Channels}" : IsSequence ? $"{_input.Channels}, {_input.Width}" : $"{_input.Channels}, {_input.Height}, {_input.Width}")})]
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
        return Add($"Conv2d({outChannels}, {arguments})", new(outChannels, resolved.OutputHeight(Shape.Height), resolved.OutputWidth(Shape.Width)));
    }

    /// <summary>Adds a convolution over sequences.</summary>
    /// <param name="window">A window of one row.</param>
    public NetworkCase Conv1d(int outChannels, ReferenceWindow window, int groups = 1, bool bias = true, bool same = false)
    {
        string arguments = $"{window.KernelW}, Stride = {window.StrideW}, Dilation = {window.DilationW}";
        arguments += same ? ", SamePadding = true" : $", Padding = {window.PadLeft}";
        arguments += $", Groups = {groups}, Bias = {(bias ? "true" : "false")}";
        ReferenceWindow resolved = same ? window.WithSamePadding(Shape) : window with { PadRight = window.PadLeft };
        return Add($"Conv1d({outChannels}, {arguments})", new(outChannels, 1, resolved.OutputWidth(Shape.Width)));
    }

    public NetworkCase ConvTranspose(int outChannels, ReferenceWindow window, (int H, int W) outputPadding, int groups = 1, bool bias = true)
    {
        string arguments = window.KernelH == window.KernelW ? $"{window.KernelH}" : $"{window.KernelH}, {window.KernelW}";
        arguments += Pair("Stride", window.StrideH, window.StrideW, 1) + Pair("Dilation", window.DilationH, window.DilationW, 1);
        arguments += Pair("Padding", window.PadTop, window.PadLeft, 0) + Pair("OutputPadding", outputPadding.H, outputPadding.W, 0);
        arguments += (groups > 1 ? $", Groups = {groups}" : "") + (bias ? "" : ", Bias = false");
        ReferenceWindow resolved = window with { PadBottom = window.PadTop, PadRight = window.PadLeft };
        return Add(
            $"ConvTranspose2d({outChannels}, {arguments})",
            ConvTranspose2dReference.OutputOf(Shape, outChannels, resolved, outputPadding.H, outputPadding.W));
    }

    public NetworkCase Linear(int outFeatures, bool bias = true) =>
        Add($"Linear({outFeatures}{(bias ? "" : ", Bias = false")})", new(outFeatures));

    public NetworkCase Flatten() => Add("Flatten", new(Shape.Length));

    /// <summary>Adds an operator that keeps the shape.</summary>
    public NetworkCase Elementwise(string attribute) => Add(attribute, Shape);

    /// <summary>Gives the last layer a name.</summary>
    public NetworkCase Named(string name)
    {
        _attributes[^1] = With(_attributes[^1], $"Name = \"{name}\"");
        _named.Add(name, Shape);
        return this;
    }

    /// <summary>Makes the last result, or that of a named layer, an output.</summary>
    public NetworkCase Output(string name, string? from = null)
    {
        _attributes.Add($"Output(\"{name}\"{(from is null ? "" : $", From = \"{from}\"")})");
        return this;
    }

    /// <summary>Lets later layers go on from the input.</summary>
    public void NameInput() => _named.Add("input", _input);

    /// <summary>Goes on from a named layer.</summary>
    public NetworkCase From(string name)
    {
        _from = name;
        Shape = _named[name];
        return this;
    }

    /// <summary>Adds named layers of the same shape.</summary>
    public NetworkCase AddLayers(params string[] layers) => Add($"Add({Quoted(layers)})", Shape);

    /// <summary>Multiplies by named layers.</summary>
    public NetworkCase Multiply(params string[] layers) => Add(
        $"Multiply({Quoted(layers)})",
        layers.Select(name => _named[name]).Append(Shape).OrderByDescending(shape => shape.Length).ThenBy(shape => shape.IsVector).First());

    /// <summary>Adds the channels of layers; the last layer, if it is named, is to be among them.</summary>
    public NetworkCase Concat(params string[] layers)
    {
        int channels = layers.Sum(name => _named[name].Channels) + (_attributes[^1].Contains("Name = ", StringComparison.Ordinal) ? 0 : Shape.Channels);
        return Add($"Concat({Quoted(layers)})", new(channels, Shape.Height, Shape.Width));
    }

    /// <summary>Adds any operator.</summary>
    /// <param name="attribute">Its attribute as source.</param>
    /// <param name="output">Shape of its result.</param>
    public NetworkCase Add(string attribute, TensorShape output)
    {
        _attributes.Add(_from is null ? attribute : With(attribute, $"From = \"{_from}\""));
        _from = null;
        Shape = output;
        return this;
    }

    public override string ToString() => $"{Name} ({Unroll}, {Images} images): {_input} {string.Join(", ", _attributes)}";

    private static string Quoted(string[] names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    private static string With(string attribute, string argument) =>
        attribute.EndsWith(')') ? $"{attribute[..^1]}, {argument})" : $"{attribute}({argument})";

    /// <summary>Equal values by the short name, others by the names of their axes.</summary>
    private static string Pair(string name, int vertical, int horizontal, int usual) =>
        vertical == usual && horizontal == usual ? ""
        : vertical == horizontal ? $", {name} = {vertical}"
        : $", {name}H = {vertical}, {name}W = {horizontal}";
}
