namespace NetGen.Benchmarks.SideBySide.Later;

// Bottlenecks of Width channels within and Width · Expansion between them, whose 3×3 convolutions may be dilated.

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = Dilation, Dilation = Dilation, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * Expansion, 1, Bias = false), BatchNorm2d]
[Add("input"), ReLU]
internal static class AtrousBottleneck { public const int Width = 64, Expansion = 4, Dilation = 1; }

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Stride = Stride, Padding = Dilation, Dilation = Dilation, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * Expansion, 1, Bias = false), BatchNorm2d]
[Conv2d(Width * Expansion, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0"), BatchNorm2d(Name = "downsample.1")]
[Add("bn3"), ReLU]
internal static class WideningAtrousBottleneck { public const int Width = 64, Expansion = 4, Stride = 1, Dilation = 1; }

[Block]
[Use(typeof(WideningAtrousBottleneck), "Dilation", Before, Width = Width, Expansion = Expansion, Stride = Stride, Name = "0")]
[Use(typeof(AtrousBottleneck), "Dilation", Dilation, Width = Width, Expansion = Expansion, Repeat = Blocks - 1, First = 1)]
internal static class AtrousStage { public const int Width = 64, Expansion = 4, Stride = 1, Blocks = 3, Before = 1, Dilation = 1; }

[Block]
[Conv2d(256, 3, Padding = Rate, Dilation = Rate, Bias = false, Name = "0"), BatchNorm2d(Name = "1"), ReLU]
internal static class AtrousConv { public const int Rate = 12; }

[Block]
[Conv2d(256, 1, Bias = false, Name = "0.0"), BatchNorm2d(Name = "0.1"), ReLU(Name = "pixel")]
[Use(typeof(AtrousConv), "Rate", 12, From = "input", Name = "1")]
[Use(typeof(AtrousConv), "Rate", 24, From = "input", Name = "2")]
[Use(typeof(AtrousConv), "Rate", 36, From = "input", Name = "3")]
[GlobalAvgPool2d(From = "input"), Conv2d(256, 1, Bias = false, Name = "4.1"), BatchNorm2d(Name = "4.2"), ReLU]
[Upsample(28, Mode = UpsampleMode.Bilinear, Name = "image")]
[Concat("pixel", "1", "2", "3", "image")]
internal static class AtrousPyramid;

/// <summary>
/// DeepLabV3 on a ResNet-50 whose last two stages are dilated in place of strided, under torchvision's names, with the scores of 21 classes for
/// each pixel. Liang-Chieh Chen, George Papandreou and others: Rethinking Atrous Convolution for Semantic Image Segmentation, 2017.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "backbone.conv1"), BatchNorm2d(Name = "backbone.bn1"), ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[Use(typeof(AtrousStage), Name = "backbone.layer1")]
[Use(typeof(AtrousStage), "Blocks", 4, Width = 128, Stride = 2, Name = "backbone.layer2")]
[Use(typeof(AtrousStage), "Blocks", 6, "Dilation", 2, Width = 256, Name = "backbone.layer3")]
[Use(typeof(AtrousStage), "Before", 2, "Dilation", 4, Width = 512, Name = "backbone.layer4")]
[Use(typeof(AtrousPyramid), Name = "classifier.0.convs")]
[Conv2d(256, 1, Bias = false, Name = "classifier.0.project.0"), BatchNorm2d(Name = "classifier.0.project.1"), ReLU, Dropout(0.5)]
[Conv2d(256, 3, Padding = 1, Bias = false, Name = "classifier.1"), BatchNorm2d(Name = "classifier.2"), ReLU]
[Conv2d(21, 1, Name = "classifier.4"), Upsample(8, Mode = UpsampleMode.Bilinear)]
internal sealed partial class DeepLabV3;
