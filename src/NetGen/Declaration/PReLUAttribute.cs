namespace NetGen;

/// <summary>
/// x where x ≥ 0, slope · x elsewhere, with slopes that are trained (He et al., 2015; PyTorch's <c>PReLU</c>): one for each channel of a map
/// C×H×W or each element of a vector, as <c>weight</c> [C]. They start at 0.25. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Whether there is one slope for all elements, <c>weight</c> [1]. The default is false.</summary>
    public bool Shared { get; set; }
}
