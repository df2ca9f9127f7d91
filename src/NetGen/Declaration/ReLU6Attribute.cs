namespace NetGen;

/// <summary>min(max(0, x), 6) of each element (Krizhevsky, 2010; PyTorch's <c>ReLU6</c>). The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReLU6Attribute : LayerAttribute;
