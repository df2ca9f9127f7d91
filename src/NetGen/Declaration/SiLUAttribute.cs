namespace NetGen;

/// <summary>
/// x · sigmoid(x) of each element, also called swish (Elfwing et al., 2018; Ramachandran et al., 2017; PyTorch's <c>SiLU</c>). The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiLUAttribute : LayerAttribute;
