namespace NetGen;

/// <summary>
/// The exponential linear unit of each element: x where x &gt; 0, alpha · (exp(x) − 1) elsewhere (Clevert et al., 2016; PyTorch's <c>ELU</c>).
/// The shape stays.
/// </summary>
/// <param name="alpha">The limit that values far below zero approach, negated: at least 0 and finite in float32.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ELUAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>The limit that values far below zero approach, negated.</summary>
    public double Alpha { get; } = alpha;
}
