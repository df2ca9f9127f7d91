namespace NetGen;

/// <summary>
/// (x − mean) / √(variance + epsilon) · weight + bias, with the mean and variance of each image by itself (Ba et al., 2016; PyTorch's
/// <c>LayerNorm</c>): over all elements of a vector of N or a map C×H×W, with <c>weight</c> and <c>bias</c> [N] or [C, H, W], or over the channels at
/// each position of a map, with <c>weight</c> and <c>bias</c> [C]. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>What is normalised together: all elements unless set.</summary>
    public LayerNormAxes Over { get; set; }

    /// <summary>What is added to the variance: above 0 and finite in float32. The default is 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there are a weight, at first 1, and a bias, at first 0 (PyTorch's <c>elementwise_affine</c>). The default is true.</summary>
    public bool Affine { get; set; } = true;
}
