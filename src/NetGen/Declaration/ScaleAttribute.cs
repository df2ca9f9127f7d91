namespace NetGen;

/// <summary>
/// factor · x with factors that are trained: one for each channel of a map C×H×W or each element of a vector (the LayerScale of Touvron et al.,
/// Going deeper with Image Transformers, 2021, as in ConvNeXt). The shape stays.
/// </summary>
/// <remarks>
/// PyTorch has no module for it: there the factors are a parameter of the module around them. The tensor therefore has the layer's own name and
/// nothing behind it, [C]; one of [C, 1, 1] in a file is the same. <c>[Scale(Name = "gamma")]</c> in a block used as <c>stages.0.0</c> is
/// <c>stages.0.0.gamma</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ScaleAttribute : LayerAttribute
{
    /// <summary>Whether there is one factor for all elements, [1]. The default is false.</summary>
    public bool Shared { get; set; }

    /// <summary>What the factors start as. The default is 1; ConvNeXt starts at 1e-6.</summary>
    public double InitialValue { get; set; } = 1;
}
