namespace NetGen;

/// <summary>
/// The Gaussian error linear unit of each element: x · Φ(x), with the distribution function Φ of the standard normal distribution
/// (Hendrycks and Gimpel, 2016; PyTorch's <c>GELU</c>). The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>How Φ is computed: exactly unless set (PyTorch's <c>approximate</c>).</summary>
    public GeluApproximation Approximation { get; set; }
}
