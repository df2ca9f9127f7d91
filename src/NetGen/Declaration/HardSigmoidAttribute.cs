namespace NetGen;

/// <summary>
/// min(max(0, x + 3), 6) / 6 of each element: a sigmoid of straight lines, 0 up to −3 and 1 from 3 on (Howard et al., 2019; PyTorch's
/// <c>Hardsigmoid</c>). The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSigmoidAttribute : LayerAttribute;
