namespace NetGen;

/// <summary>
/// log(1 + exp(beta · x)) / beta of each element, and x itself where beta · x is above the threshold (Dugas et al., 2001; PyTorch's
/// <c>Softplus</c>). The shape stays.
/// </summary>
/// <param name="beta">How sharp the bend at zero is: above 0 and finite in float32.</param>
/// <param name="threshold">
/// Where the function becomes a straight line. Up from 20, the default, nobody can tell; below that it jumps there.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute(double beta = 1, double threshold = 20) : LayerAttribute
{
    /// <summary>How sharp the bend at zero is.</summary>
    public double Beta { get; } = beta;

    /// <summary>The value of beta · x above which the function is x itself.</summary>
    public double Threshold { get; } = threshold;
}
