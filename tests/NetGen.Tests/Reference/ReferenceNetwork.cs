namespace NetGen.Tests.Reference;

/// <summary>A chain of reference layers, with the parameters' names as PyTorch's <c>state_dict</c> has them.</summary>
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

    /// <summary>The result for one image.</summary>
    public double[] Forward(double[] image) => _layers.Aggregate(image, (value, layer) => layer.Forward(value));

    /// <summary>Adds one image's gradients to the parameters' and returns the image's own.</summary>
    public double[] Backward(double[] image, double[] outputGradient)
    {
        var inputs = new Stack<(ReferenceLayer Layer, double[] Input)>();
        double[] value = image;
        foreach (ReferenceLayer layer in _layers)
        {
            inputs.Push((layer, value));
            value = layer.Forward(value);
        }

        return inputs.Aggregate(outputGradient, (gradient, step) => step.Layer.Backward(step.Input, gradient));
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
}
