namespace NetGen;

/// <summary>1 / (1 + exp(−x)) of each element. As the last layer it makes binary cross entropy the default loss.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : LayerAttribute;
