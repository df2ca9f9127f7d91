namespace NetGen.Tests.Reference;

/// <summary>Layers, each computed by its reference, with the parameters' names as PyTorch's <c>state_dict</c> has them.</summary>
internal sealed class ReferenceNetwork
{
    private readonly IReadOnlyList<ReferenceNode> _nodes;

    /// <summary>A chain of layers.</summary>
    public ReferenceNetwork(params IReadOnlyList<ReferenceLayer> layers)
        : this([.. layers.Select((layer, i) => new ReferenceNode(layer, [i]))])
    {
    }

    private ReferenceNetwork(IReadOnlyList<ReferenceNode> nodes)
    {
        _nodes = nodes;
        var counts = new Dictionary<string, int>();
        foreach ((ReferenceLayer layer, _, string? name) in nodes.Where(node => node.Layer.NameStem.Length > 0))
        {
            int number = counts[layer.NameStem] = counts.GetValueOrDefault(layer.NameStem) + 1;
            foreach (ReferenceParameter parameter in layer.Parameters)
            {
                string named = name ?? $"{layer.NameStem}{number}";
                Parameters.Add(parameter.Name.Length == 0 ? named : $"{named}.{parameter.Name}", parameter);
            }
        }
    }

    public TensorShape Input => _nodes[0].Layer.Input;

    public TensorShape Output => _nodes[^1].Layer.Output;

    public OrderedDictionary<string, ReferenceParameter> Parameters { get; } = [];

    /// <summary>The layers that a class declares by its attributes.</summary>
    /// <param name="network">A class with <c>[Network]</c>.</param>
    public static ReferenceNetwork Of(Type network)
    {
        InputAttribute input = network.GetCustomAttributes(inherit: false).OfType<InputAttribute>().Single();
        List<TensorShape> shapes = [new(input.Channels, input.Height, input.Width)];
        var named = new Dictionary<string, int> { ["input"] = 0 };
        List<ReferenceNode> nodes = [];
        List<int> outputs = [];
        foreach (object declared in network.GetCustomAttributes(inherit: false))
        {
            if (declared is OutputAttribute output)
            {
                outputs.Add(output.From is { } shown ? named[shown] : nodes.Count);
            }

            if (declared is not LayerAttribute attribute)
            {
                continue;
            }

            int first = attribute.From is { } from ? named[from] : nodes.Count;
            int[] others = [.. ReferenceLayers.JoinedBy(attribute).Select(name => named[name])];
            int[] sources = others.Contains(first) ? others : [first, .. others];
            ReferenceLayer layer = sources.Length > 1
                ? ReferenceLayers.Join(attribute, [.. sources.Select(source => shapes[source])])
                : ReferenceLayers.Of(attribute, shapes[first]);
            nodes.Add(new ReferenceNode(layer, sources, attribute.Name));
            shapes.Add(layer.Output);
            if (attribute.Name is not null)
            {
                named.Add(attribute.Name, nodes.Count);
            }
        }

        if (outputs.Count > 1)
        {
            foreach (int output in outputs)
            {
                nodes.Add(new ReferenceNode(new FlattenReference(shapes[output]), [output]));
                shapes.Add(nodes[^1].Layer.Output);
            }

            int[] vectors = [.. Enumerable.Range(nodes.Count - outputs.Count + 1, outputs.Count)];
            nodes.Add(new ReferenceNode(new ConcatReference([.. vectors.Select(vector => shapes[vector])]), vectors));
        }

        return new ReferenceNetwork(nodes);
    }

    public double[] Forward(float[] input) => Values(Doubles(input))[^1];

    /// <summary>The gradient of the input from that of the output; adds to the parameters' gradients.</summary>
    public double[] Backward(double[] input, double[] outputGradient) => Backward([input], [outputGradient])[0];

    /// <summary>The gradients of a batch's images from those of its outputs; adds to the parameters' gradients.</summary>
    public double[][] Backward(double[][] images, double[][] outputGradients)
    {
        List<double[][]> values = TrainingValues(images);
        List<double[][]> gradients = [.. values.Select(value => Array.ConvertAll(value, image => new double[image.Length]))];
        gradients[^1] = outputGradients;
        for (int node = _nodes.Count - 1; node >= 0; node--)
        {
            double[][] ofInputs = _nodes[node].Layer.TrainBackward(InputsOf(node, values), gradients[node + 1]);
            for (int image = 0; image < images.Length; image++)
            {
                ReadOnlySpan<double> gradient = ofInputs[image];
                foreach (int source in _nodes[node].Sources)
                {
                    double[] sum = gradients[source][image];
                    for (int i = 0; i < sum.Length; i++)
                    {
                        sum[i] += gradient[i];
                    }

                    gradient = gradient[sum.Length..];
                }
            }
        }

        return gradients[0];
    }

    /// <summary>The images of a batch while training, and what comes out of each layer for each of them.</summary>
    public List<double[][]> TrainingValues(double[][] images)
    {
        List<double[][]> values = [images];
        for (int node = 0; node < _nodes.Count; node++)
        {
            values.Add(_nodes[node].Layer.TrainForward(InputsOf(node, values)));
        }

        return values;
    }

    /// <summary>The input, and what comes out of each layer.</summary>
    public List<double[]> Values(double[] input)
    {
        List<double[]> values = [input];
        for (int node = 0; node < _nodes.Count; node++)
        {
            values.Add(_nodes[node].Layer.Forward(InputOf(node, values)));
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
                double center = parameter.Name == "running_var" ? 1 : 0;
                parameter.Values[i] = (float)(center + (bound * ((2 * random.NextDouble()) - 1)));
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
    public ReferenceNetwork Rounded(Random random) => new([.. _nodes.Select(node => node with { Layer = new RoundedReference(node.Layer, random) })]);

    public static double[] Doubles(IEnumerable<float> values) => [.. values.Select(value => (double)value)];

    private double[] InputOf(int node, List<double[]> values) => _nodes[node].Sources is [int source]
        ? values[source]
        : [.. _nodes[node].Sources.SelectMany(source => values[source])];

    private double[][] InputsOf(int node, List<double[][]> values) =>
        [.. Enumerable.Range(0, values[0].Length).Select(image => InputOf(node, [.. values.Select(value => value[image])]))];

    /// <param name="Layer">What it computes.</param>
    /// <param name="Sources">What it reads: 0 is the network's input, 1 the first layer's result.</param>
    /// <param name="Name">Its name, if the declaration gives it one.</param>
    private sealed record ReferenceNode(ReferenceLayer Layer, int[] Sources, string? Name = null);
}
