namespace NetGen.Tests.Networks;

/// <summary>Networks that are looked into.</summary>
internal static partial class ActivatedNetworks
{
    /// <summary>Normalisations that are folded, and sums in place of what nobody reads any more.</summary>
    [Network(Training = false), Input(3, 9, 8)]
    [Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU(Name = "stem")]
    [Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
    [Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d]
    [Add("stem"), ReLU(Name = "relu3")]
    [Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, Dropout(0.5), ReLU]
    [Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d]
    [Add("relu3"), ReLU(Name = "join")]
    [GlobalAvgPool2d, Linear(4), Softmax]
    internal sealed partial class Residual;
}
