namespace NetGen;

/// <summary>x · tanh(log(1 + exp(x))) of each element (Misra, 2020; PyTorch's <c>Mish</c>). The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MishAttribute : LayerAttribute;
