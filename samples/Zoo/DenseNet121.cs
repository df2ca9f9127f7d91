using NetGen;

namespace Samples.Zoo;

/// <summary>Adds 32 channels to those that come in.</summary>
[Block]
[BatchNorm2d(Name = "norm1"), ReLU, Conv2d(128, 1, Bias = false)]
[BatchNorm2d(Name = "norm2"), ReLU, Conv2d(32, 3, Padding = 1, Bias = false)]
[Concat("input", "conv2")]
internal static class DenseLayer;

/// <summary>Halves channels, rows and columns.</summary>
[Block]
[BatchNorm2d(Name = "norm"), ReLU, Conv2d(Width, 1, Bias = false, Name = "conv"), AvgPool2d(2)]
internal static class Transition { public const int Width = 128; }

/// <summary>
/// DenseNet-121 for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output is logits.
/// Gao Huang, Zhuang Liu, Laurens van der Maaten, Kilian Weinberger: Densely Connected Convolutional Networks, 2017.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "features.conv0"), BatchNorm2d(Name = "features.norm0"), ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[Use(typeof(DenseLayer), Repeat = 6, First = 1, Name = "features.denseblock1.denselayer*")]
[Use(typeof(Transition), Width = 128, Name = "features.transition1")]
[Use(typeof(DenseLayer), Repeat = 12, First = 1, Name = "features.denseblock2.denselayer*")]
[Use(typeof(Transition), Width = 256, Name = "features.transition2")]
[Use(typeof(DenseLayer), Repeat = 24, First = 1, Name = "features.denseblock3.denselayer*")]
[Use(typeof(Transition), Width = 512, Name = "features.transition3")]
[Use(typeof(DenseLayer), Repeat = 16, First = 1, Name = "features.denseblock4.denselayer*")]
[BatchNorm2d(Name = "features.norm5"), ReLU]
[GlobalAvgPool2d, Linear(1000, Name = "classifier")]
public sealed partial class DenseNet121;
