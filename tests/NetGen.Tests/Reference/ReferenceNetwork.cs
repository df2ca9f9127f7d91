namespace NetGen.Tests.Reference;

/// <summary>The layers that a class declares by its attributes, each computed by its reference.</summary>
internal sealed class ReferenceNetwork
{
    private readonly ReferenceLayer[] _layers;

    private ReferenceNetwork(ReferenceLayer[] layers) => _layers = layers;

    public TensorShape Input => _layers[0].Input;

    public TensorShape Output => _layers[^1].Output;

    /// <summary>Reads a class's declaration.</summary>
    /// <param name="network">A class with <c>[Network]</c> whose layers have no parameters.</param>
    public static ReferenceNetwork Of(Type network)
    {
        InputAttribute input = network.GetCustomAttributes(inherit: false).OfType<InputAttribute>().Single();
        TensorShape shape = new(input.Channels, input.Height, input.Width);
        List<ReferenceLayer> layers = [];
        foreach (LayerAttribute attribute in network.GetCustomAttributes(inherit: false).OfType<LayerAttribute>())
        {
            ReferenceLayer layer = Create(attribute, shape);
            layers.Add(layer);
            shape = layer.Output;
        }

        return new ReferenceNetwork([.. layers]);
    }

    public double[] Forward(float[] input) => Values(Doubles(input))[^1];

    /// <summary>The gradient of the input from that of the output.</summary>
    public double[] Backward(double[] input, double[] outputGradient)
    {
        List<double[]> values = Values(input);
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
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

    public static double[] Doubles(IEnumerable<float> values) => [.. values.Select(value => (double)value)];

    private static ReferenceLayer Create(LayerAttribute attribute, TensorShape shape) => attribute switch
    {
        MaxPool2dAttribute pool => new MaxPool2dReference(Windows(
            shape, pool.KernelHeight, pool.KernelWidth, pool.Stride, pool.StrideH, pool.StrideW, pool.Padding, pool.PaddingH, pool.PaddingW, pool.CeilMode)),
        AvgPool2dAttribute pool => new AvgPool2dReference(
            Windows(
                shape, pool.KernelHeight, pool.KernelWidth, pool.Stride, pool.StrideH, pool.StrideW, pool.Padding, pool.PaddingH, pool.PaddingW, pool.CeilMode),
            pool.CountIncludePad),
        GlobalAvgPool2dAttribute => new GlobalAvgPool2dReference(shape),
        SoftmaxAttribute => new SoftmaxReference(shape),
        ReLUAttribute => new ReluReference(shape),
        FlattenAttribute => new FlattenReference(shape),
        _ => throw new NotSupportedException($"There is no reference for {attribute.GetType().Name}."),
    };

    private static PoolWindows Windows(
        TensorShape shape, int kernelH, int kernelW, int stride, int strideH, int strideW, int padding, int paddingH, int paddingW, bool ceilMode) =>
        new(
            shape,
            kernelH,
            kernelW,
            stride > 0 ? stride : strideH,
            stride > 0 ? stride : strideW,
            padding > 0 ? padding : paddingH,
            padding > 0 ? padding : paddingW,
            ceilMode);
}
