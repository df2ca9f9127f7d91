using NetGen;

namespace Samples.Zoo;

/// <summary>Six times the channels, each convolved by itself, and fewer again.</summary>
[Block]
[Conv2d(In * 6, 1, Bias = false, Name = "0.0"), BatchNorm2d(Name = "0.1"), ReLU6]
[Conv2d(In * 6, 3, Stride = Stride, Padding = 1, Groups = In * 6, Bias = false, Name = "1.0"), BatchNorm2d(Name = "1.1"), ReLU6]
[Conv2d(Width, 1, Bias = false, Name = "2"), BatchNorm2d(Name = "3")]
internal static class InvertedBottleneck { public const int In = 16, Width = 24, Stride = 1; }

/// <summary>The same, around which the input goes.</summary>
[Block]
[Use(typeof(InvertedBottleneck), nameof(InvertedBottleneck.In), Width, Width = Width, Name = "conv")]
[Add("input")]
internal static class InvertedResidual { public const int Width = 24; }

/// <summary>A stage: the first block changes the shape, the others do not.</summary>
[Block]
[Use(typeof(InvertedBottleneck), nameof(InvertedBottleneck.In), In, Width = Width, Stride = Stride, First = First, Name = "features.*.conv")]
[Use(typeof(InvertedResidual), Width = Width, Repeat = Blocks - 1, First = First + 1, Name = "features")]
internal static class InvertedStage { public const int First = 2, Blocks = 2, In = 16, Width = 24, Stride = 2; }

/// <summary>
/// MobileNetV2 for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output is logits.
/// Mark Sandler, Andrew Howard, Menglong Zhu and others: MobileNetV2, Inverted Residuals and Linear Bottlenecks, 2018.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false, Name = "features.0.0"), BatchNorm2d(Name = "features.0.1"), ReLU6]
[Conv2d(32, 3, Padding = 1, Groups = 32, Bias = false, Name = "features.1.conv.0.0"), BatchNorm2d(Name = "features.1.conv.0.1"), ReLU6]
[Conv2d(16, 1, Bias = false, Name = "features.1.conv.1"), BatchNorm2d(Name = "features.1.conv.2")]
[Use(typeof(InvertedStage), "First", 2, "Blocks", 2, "In", 16, Width = 24, Name = "")]
[Use(typeof(InvertedStage), "First", 4, "Blocks", 3, "In", 24, Width = 32, Name = "")]
[Use(typeof(InvertedStage), "First", 7, "Blocks", 4, "In", 32, Width = 64, Name = "")]
[Use(typeof(InvertedStage), "First", 11, "Blocks", 3, "In", 64, Width = 96, Stride = 1, Name = "")]
[Use(typeof(InvertedStage), "First", 14, "Blocks", 3, "In", 96, Width = 160, Name = "")]
[Use(typeof(InvertedStage), "First", 17, "Blocks", 1, "In", 160, Width = 320, Stride = 1, Name = "")]
[Conv2d(1280, 1, Bias = false, Name = "features.18.0"), BatchNorm2d(Name = "features.18.1"), ReLU6]
[GlobalAvgPool2d, Dropout(0.2), Linear(1000, Name = "classifier.1")]
public sealed partial class MobileNetV2;
