namespace NetGen;

/// <summary>
/// Makes a partial class a convolutional network: the layer attributes on the same declaration, in their order, are its
/// architecture, and the generator adds the code that trains it and predicts with it.
/// </summary>
/// <remarks>
/// The generated constructor takes the seed of the initial weights, 0 unless given. A constructor of the class's own chains to it:
/// <c>public Digits(string path) : this(seed: 1)</c>.
/// </remarks>
/// <example>
/// <code>
/// [Network]
/// [Input(1, 28, 28)]
/// [Conv2d(6, 5, Padding = 2), ReLU]
/// [MaxPool2d(2)]
/// [Linear(10), Softmax]
/// public sealed partial class Digits;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Whether code for training is generated. Without it the network only predicts and the class is smaller. The default is true.</summary>
    public bool Training { get; set; } = true;

    /// <summary>How far the generator unrolls loops. The default, <see cref="Unroll.Balanced"/>, decides from each layer's shape.</summary>
    public Unroll Unroll { get; set; }

    /// <summary>How convolutions are computed at inference. The default, <see cref="ConvolutionAlgorithm.Automatic"/>, is the fastest.</summary>
    public ConvolutionAlgorithm Convolution { get; set; }

    /// <summary>
    /// Whether training also computes the gradient of the loss with respect to the input images
    /// (<c>Trainer.InputGradients</c>). It needs <see cref="Training"/>. The default is false, which saves the first layer's share of the work.
    /// </summary>
    public bool InputGradients { get; set; }
}
