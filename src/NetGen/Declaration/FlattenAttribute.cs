namespace NetGen;

/// <summary>
/// A feature map as a vector, C×H×W to C·H·W, channel by channel and row by row (PyTorch's <c>Flatten</c>). A
/// <see cref="LinearAttribute"/> layer does it by itself.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute;
