namespace NetGen;

/// <summary>The mean of each channel of a feature map, C×H×W to C×1×1.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAvgPool2dAttribute : LayerAttribute;
