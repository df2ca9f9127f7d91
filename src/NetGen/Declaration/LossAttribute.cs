namespace NetGen;

/// <summary>
/// The loss that a network is trained with. Without it the last layer decides: <see cref="SoftmaxAttribute"/> and
/// <see cref="LogSoftmaxAttribute"/> mean cross entropy, <see cref="SigmoidAttribute"/> binary cross entropy, anything else mean squared error.
/// </summary>
/// <param name="loss">The loss.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute(Loss loss) : Attribute
{
    /// <summary>The loss.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>
    /// For cross entropy: the probability mass, at least 0 and below 1, that is taken from the label and spread evenly over
    /// all classes (Szegedy et al., 2016; PyTorch's <c>label_smoothing</c>). The default is 0.
    /// </summary>
    public double LabelSmoothing { get; set; }
}
