namespace NetGen;

/// <summary>
/// y = W·x + b, from a vector to outFeatures values (PyTorch's <c>Linear</c>). A feature map is flattened first, channel by
/// channel. Parameters: <c>weight</c> [outFeatures, inFeatures] and <c>bias</c> [outFeatures].
/// </summary>
/// <param name="outFeatures">Values of the result.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LinearAttribute(int outFeatures) : LayerAttribute
{
    /// <summary>Values of the result.</summary>
    public int OutFeatures { get; } = outFeatures;

    /// <summary>Whether a bias is added to each value of the result. The default is true.</summary>
    public bool Bias { get; set; } = true;
}
