namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>Says a network's layers in ONNX's operators.</summary>
internal sealed class OnnxLayers
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly Queue<Parameter> _parameters;
    private bool _isVector;

    private OnnxLayers(ParameterSet parameters, bool isVector)
    {
        _parameters = new Queue<Parameter>(parameters);
        _isVector = isVector;
    }

    /// <summary>The nodes of a network, each of which takes the result of the one before.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="parameters">Their parameters, in the same order.</param>
    /// <param name="isVector">Whether the input is a vector.</param>
    /// <exception cref="NotSupportedException">A layer has no counterpart here.</exception>
    public static IReadOnlyList<OnnxNode> Convert(IEnumerable<LayerDeclaration> layers, ParameterSet parameters, bool isVector)
    {
        var nodes = new OnnxLayers(parameters, isVector);
        foreach (LayerDeclaration layer in layers) nodes.Add(layer);
        return nodes._nodes;
    }

    /// <summary>Whether a layer turns a feature map into a vector.</summary>
    public static bool Flattens(LayerDeclaration layer) => layer.Operator is "Linear" or "Flatten";

    private void Add(LayerDeclaration layer)
    {
        if (Flattens(layer) && !_isVector)
        {
            _nodes.Add(new OnnxNode("Flatten"));
            _isVector = true;
        }

        switch (layer.Operator)
        {
            case "Conv2d":
                AddConvolution(layer);
                break;
            case "Linear":
                _nodes.Add(new OnnxNode("Gemm", TakeParameters(layer)).With("transB", 1));
                break;
            case "MaxPool2d":
                AddPool(new OnnxNode("MaxPool"), layer);
                break;
            case "AvgPool2d":
                AddPool(new OnnxNode("AveragePool").With("count_include_pad", layer.Flag("CountIncludePad", true) ? 1 : 0), layer);
                break;
            case "GlobalAvgPool2d":
                _nodes.Add(new OnnxNode("GlobalAveragePool"));
                break;
            case "ReLU":
                _nodes.Add(new OnnxNode("Relu"));
                break;
            case "LeakyReLU":
                _nodes.Add(new OnnxNode("LeakyRelu").With("alpha", layer.Number("negativeSlope", 0.01)));
                break;
            case "Sigmoid" or "Tanh":
                _nodes.Add(new OnnxNode(layer.Operator));
                break;
            case "Softmax" or "LogSoftmax":
                _nodes.Add(new OnnxNode(layer.Operator).With("axis", 1));
                break;
            case "ELU":
                _nodes.Add(new OnnxNode("Elu").With("alpha", layer.Number("alpha", 1)));
                break;
            case "SELU":
                _nodes.Add(new OnnxNode("Selu")); // Its defaults are the paper's constants.
                break;
            case "HardSigmoid":
                _nodes.Add(new OnnxNode("HardSigmoid").With("alpha", 1.0 / 6).With("beta", 0.5));
                break;
            case "Softplus" when layer.Number("beta", 1) == 1 && layer.Number("threshold", 20) >= 20:
                _nodes.Add(new OnnxNode("Softplus"));
                break;
            case "Flatten" or "Dropout":
                break; // Flattened above; and only training drops anything.
            default:
                throw new NotSupportedException($"[{layer.Operator}] can't be written to an ONNX file: add it to {nameof(OnnxLayers)}.");
        }
    }

    private void AddConvolution(LayerDeclaration layer)
    {
        OnnxNode node = new OnnxNode("Conv", TakeParameters(layer))
            .With("kernel_shape", layer.Kernel)
            .With("strides", layer.Pair("Stride", (1, 1)))
            .With("dilations", layer.Pair("Dilation", (1, 1)))
            .With("group", layer.Integer("Groups", 1));
        _nodes.Add(layer.Flag("SamePadding", false) ? node.With("auto_pad", "SAME_UPPER") : WithPadding(node, layer));
    }

    private void AddPool(OnnxNode node, LayerDeclaration layer) => _nodes.Add(
        WithPadding(node, layer)
            .With("kernel_shape", layer.Kernel)
            .With("strides", layer.Pair("Stride", layer.Kernel))
            .With("ceil_mode", layer.Flag("CeilMode", false) ? 1 : 0));

    private static OnnxNode WithPadding(OnnxNode node, LayerDeclaration layer)
    {
        (int h, int w) = layer.Pair("Padding", (0, 0));
        return node.With("pads", h, w, h, w);
    }

    private string[] TakeParameters(LayerDeclaration layer) =>
        layer.Flag("Bias", true) ? [Take(".weight"), Take(".bias")] : [Take(".weight")];

    private string Take(string suffix)
    {
        if (_parameters.TryDequeue(out Parameter? parameter) && parameter.Name.EndsWith(suffix, StringComparison.Ordinal))
            return parameter.Name;
        throw new InvalidOperationException($"A layer takes a parameter *{suffix} where the network has {parameter?.Name ?? "none left"}.");
    }
}
