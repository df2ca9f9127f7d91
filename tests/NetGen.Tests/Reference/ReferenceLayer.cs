namespace NetGen.Tests.Reference;

/// <summary>
/// A layer as its definition says, for one image, in double and in PyTorch's layouts: plain loops that a reader can check against the
/// formula, as the oracle of the emitted kernels. One operator, one class.
/// </summary>
internal abstract class ReferenceLayer(TensorShape input, TensorShape output)
{
    public TensorShape Input { get; } = input;

    public TensorShape Output { get; } = output;

    /// <summary>What the parameters' names begin with, before the layer's number: <c>conv</c>.</summary>
    public virtual string NameStem => "";

    public IReadOnlyList<ReferenceParameter> Parameters { get; protected init; } = [];

    public abstract double[] Forward(double[] input);

    /// <summary>The gradient of the input from that of the output; adds to the parameters' gradients.</summary>
    public abstract double[] Backward(double[] input, double[] outputGradient);

    /// <summary>A batch while training, image by image unless the images of a batch depend on each other.</summary>
    public virtual double[][] TrainForward(double[][] inputs) => Array.ConvertAll(inputs, Forward);

    /// <summary>The gradients of a batch's inputs from those of its outputs; adds to the parameters' gradients.</summary>
    public virtual double[][] TrainBackward(double[][] inputs, double[][] outputGradients) =>
        [.. inputs.Zip(outputGradients, Backward)];
}

/// <summary>A parameter tensor of a layer with its gradient, row-major.</summary>
internal sealed class ReferenceParameter(string name, params int[] shape)
{
    /// <summary>The name within the layer, such as <c>weight</c>.</summary>
    public string Name { get; } = name;

    public int[] Shape { get; } = shape;

    public double[] Values { get; } = new double[shape.Aggregate(1, (product, extent) => product * extent)];

    public double[] Gradient { get; } = new double[shape.Aggregate(1, (product, extent) => product * extent)];
}
