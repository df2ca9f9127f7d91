namespace NetGen;

/// <summary>
/// The scaled exponential linear unit of each element: scale · x where x &gt; 0, scale · α · (exp(x) − 1) elsewhere, with the two constants
/// (α ≈ 1.6733, scale ≈ 1.0507) that keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017; PyTorch's <c>SELU</c>). The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SELUAttribute : LayerAttribute;
