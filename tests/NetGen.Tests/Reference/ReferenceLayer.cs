namespace NetGen.Tests.Reference;

/// <summary>
/// A layer as its definition says, for one image, in double and in PyTorch's layouts: plain loops that a reader can check against the
/// formula, as the oracle of the emitted kernels. One operator, one class.
/// </summary>
/// <param name="input">Shape of the input.</param>
/// <param name="output">Shape of the result.</param>
internal abstract class ReferenceLayer(TensorShape input, TensorShape output)
{
    public TensorShape Input { get; } = input;

    public TensorShape Output { get; } = output;

    /// <summary>What the parameters' names begin with, before the layer's number: <c>conv</c>.</summary>
    public virtual string NameStem => "";

    public IReadOnlyList<ReferenceParameter> Parameters { get; protected init; } = [];

    /// <summary>The result for one image.</summary>
    public abstract double[] Forward(double[] input);

    /// <summary>Adds to the parameters' gradients and returns the input's.</summary>
    /// <param name="input">What <see cref="Forward"/> got.</param>
    /// <param name="outputGradient">The gradient of what it returned.</param>
    public abstract double[] Backward(double[] input, double[] outputGradient);
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
