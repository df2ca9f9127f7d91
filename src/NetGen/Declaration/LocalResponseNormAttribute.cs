namespace NetGen;

/// <summary>
/// x / (K + Alpha / size · Σ x²)^Beta at each position of a map, the sum over the channels around each from size / 2 before it on, with zeros beyond the
/// first and last (Krizhevsky et al., 2012; PyTorch's <c>LocalResponseNorm</c>, which divides Alpha by the size). The shape C×H×W stays.
/// </summary>
/// <param name="size">Channels that are summed over.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LocalResponseNormAttribute(int size) : LayerAttribute
{
    /// <summary>Channels that are summed over.</summary>
    public int Size { get; } = size;

    /// <summary>The factor of the mean of the squares: finite and at least 0. The default is 1e-4.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The exponent: finite and at least 0. The default is 0.75.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>What is added to the mean of the squares: finite and above 0. The default is 1.</summary>
    public double K { get; set; } = 1;
}
