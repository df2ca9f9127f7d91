namespace NetGen;

/// <summary>
/// exp(x) / Σ exp(x): over a vector, or over the channels at each position of a feature map. As the last layer it makes cross
/// entropy the default loss, which training computes from the values before it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute : LayerAttribute;
