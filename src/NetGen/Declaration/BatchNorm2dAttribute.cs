namespace NetGen;

/// <summary>
/// Batch normalisation of each channel of a feature map (Ioffe and Szegedy, 2015; PyTorch's <c>BatchNorm2d</c>):
/// (x − mean) / √(variance + ε) · weight + bias. The shape stays.
/// </summary>
/// <remarks>
/// While training, mean and variance are those of the batch, over its images and pixels, and the running averages follow them with
/// <see cref="Momentum"/>. Predictions use the running averages; behind a convolution they cost nothing, since they are folded into its
/// weights when those are packed. Parameters: <c>weight</c>, <c>bias</c>, and the averages <c>running_mean</c> and <c>running_var</c>, which
/// files carry and optimizers leave alone, each [channels]. Weights and variances start at 1, the others at 0.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNorm2dAttribute : LayerAttribute
{
    /// <summary>ε, added to the variance: above 0. Default 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The share of a batch's statistics in the running averages, from 0 to 1. Default 0.1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Whether there are a <c>weight</c> and a <c>bias</c>. Default true.</summary>
    public bool Affine { get; set; } = true;
}
