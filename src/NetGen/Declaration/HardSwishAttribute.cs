namespace NetGen;

/// <summary>
/// x · min(max(0, x + 3), 6) / 6 of each element: <see cref="SiLUAttribute"/> with a sigmoid of straight lines (Howard et al., 2019; PyTorch's
/// <c>Hardswish</c>). The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;
