namespace NetGen.Tests.Reference;

/// <summary>
/// One operator without parameters, computed naively in double on one image in PyTorch's order: what the emitted kernels are held to.
/// </summary>
internal abstract class ReferenceLayer(TensorShape input, TensorShape output)
{
    public TensorShape Input { get; } = input;

    public TensorShape Output { get; } = output;

    public abstract double[] Forward(double[] input);

    /// <summary>The gradient of the input from that of the output.</summary>
    public abstract double[] Backward(double[] input, double[] outputGradient);
}
