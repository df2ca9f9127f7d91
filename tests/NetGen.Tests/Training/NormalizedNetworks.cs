namespace NetGen.Tests.Training;

/// <summary>Networks with batch normalisation, for the trainer.</summary>
internal static partial class NormalizedNetworks
{
    /// <summary>Normalises its input, so that a test knows the batch's statistics.</summary>
    [Network, Input(3, 5, 6)]
    [BatchNorm2d(Momentum = 0.25)]
    [Conv2d(20, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU(Name = "stem")]
    [Conv2d(20, 3, Padding = 1, Bias = false), BatchNorm2d]
    [Add("stem"), ReLU]
    [GlobalAvgPool2d, Linear(4), Softmax]
    internal sealed partial class Residual;

    /// <summary>One value a channel and image.</summary>
    [Network, Input(4, 1, 1)]
    [BatchNorm2d(Affine = false)]
    [Linear(2)]
    internal sealed partial class OnePixel;
}
