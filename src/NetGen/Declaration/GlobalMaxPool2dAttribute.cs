namespace NetGen;

/// <summary>The largest value of each channel of a feature map, C×H×W to C×1×1. The gradient goes to the first element that has it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPool2dAttribute : LayerAttribute;
