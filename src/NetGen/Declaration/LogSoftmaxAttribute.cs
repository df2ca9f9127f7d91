namespace NetGen;

/// <summary>
/// x − log Σ exp(x): over a vector, or over the channels at each position of a feature map. As the last layer it makes cross entropy the
/// default loss, which with it is the negative log likelihood; training computes it from the values before. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LogSoftmaxAttribute : LayerAttribute;
