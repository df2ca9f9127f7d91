namespace NetGen.Tests.Reference;

/// <summary>A chain of layers, each computed by its reference, with the parameters' names as PyTorch's <c>state_dict</c> has them.</summary>
internal sealed class ReferenceNetwork
{
    private readonly IReadOnlyList<ReferenceLayer> _layers;

    public ReferenceNetwork(params IReadOnlyList<ReferenceLayer> layers)
    {
        _layers = layers;
        var counts = new Dictionary<string, int>();
        foreach (ReferenceLayer layer in layers.Where(layer => layer.NameStem.Length > 0))
        {
            int number = counts[layer.NameStem] = counts.GetValueOrDefault(layer.NameStem) + 1;
            foreach (ReferenceParameter parameter in layer.Parameters)
            {
                Parameters.Add($"{layer.NameStem}{number}.{parameter.Name}", parameter);
            }
        }
    }

    public TensorShape Input => _layers[0].Input;

    public TensorShape Output => _layers[^1].Output;

    public OrderedDictionary<string, ReferenceParameter> Parameters { get; } = [];

    /// <summary>The layers that a class declares by its attributes.</summary>
    /// <param name="network">A class with <c>[Network]</c>.</param>
    public static ReferenceNetwork Of(Type network)
    {
        InputAttribute input = network.GetCustomAttributes(inherit: false).OfType<InputAttribute>().Single();
        TensorShape shape = new(input.Channels, input.Height, input.Width);
        List<ReferenceLayer> layers = [];
        foreach (LayerAttribute attribute in network.GetCustomAttributes(inherit: false).OfType<LayerAttribute>())
        {
            ReferenceLayer layer = ReferenceLayers.Of(attribute, shape);
            layers.Add(layer);
            shape = layer.Output;
        }

        return new ReferenceNetwork(layers);
    }

    public double[] Forward(float[] input) => Values(Doubles(input))[^1];

    /// <summary>The gradient of the input from that of the output; adds to the parameters' gradients.</summary>
    public double[] Backward(double[] input, double[] outputGradient)
    {
        List<double[]> values = Values(input);
        for (int layer = _layers.Count - 1; layer >= 0; layer--)
        {
            outputGradient = _layers[layer].Backward(values[layer], outputGradient);
        }

        return outputGradient;
    }

    /// <summary>What goes into each layer, and at last what comes out.</summary>
    public List<double[]> Values(double[] input)
    {
        List<double[]> values = [input];
        foreach (ReferenceLayer layer in _layers)
        {
            values.Add(layer.Forward(values[^1]));
        }

        return values;
    }

    /// <summary>Gives every parameter values of float precision: weights for results about as large as the inputs.</summary>
    public void Initialize(Random random)
    {
        foreach (ReferenceParameter parameter in Parameters.Values)
        {
            double bound = parameter.Shape.Length == 1 ? 0.5 : Math.Sqrt(3.0 * parameter.Shape[0] / parameter.Values.Length);
            for (int i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] = (float)(bound * ((2 * random.NextDouble()) - 1));
            }
        }
    }

    public void ClearGradients()
    {
        foreach (ReferenceParameter parameter in Parameters.Values)
        {
            Array.Clear(parameter.Gradient);
        }
    }

    /// <summary>The same layers with the same parameters, their results rounded at random.</summary>
    public ReferenceNetwork Rounded(Random random) => new([.. _layers.Select(layer => new RoundedReference(layer, random))]);

    public static double[] Doubles(IEnumerable<float> values) => [.. values.Select(value => (double)value)];
}
