namespace NetGen;

/// <summary>
/// Zeroes elements at random while training and scales the others by 1 / (1 − probability); predictions are not affected
/// (Srivastava et al., 2014).
/// </summary>
/// <param name="probability">The probability of an element to be zeroed: at least 0 and below 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double probability) : LayerAttribute
{
    /// <summary>The probability of an element to be zeroed.</summary>
    public double Probability { get; } = probability;
}
