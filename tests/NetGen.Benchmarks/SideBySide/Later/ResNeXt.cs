namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = 1, Groups = 32, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * 2, 1, Bias = false), BatchNorm2d]
[Add("input"), ReLU]
internal static class GroupedBottleneck { public const int Width = 128; }

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Stride = Stride, Padding = 1, Groups = 32, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * 2, 1, Bias = false), BatchNorm2d]
[Conv2d(Width * 2, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0"), BatchNorm2d(Name = "downsample.1")]
[Add("bn3"), ReLU]
internal static class WideningGroupedBottleneck { public const int Width = 128, Stride = 2; }

[Block]
[Use(typeof(WideningGroupedBottleneck), Width = Width, Stride = Stride, Name = "0")]
[Use(typeof(GroupedBottleneck), Width = Width, Repeat = Blocks - 1, First = 1)]
internal static class GroupedStage { public const int Width = 128, Stride = 2, Blocks = 3; }

/// <summary>ResNeXt-50 32×4d. Saining Xie, Ross Girshick, Piotr Dollár and others: Aggregated Residual Transformations for Deep Neural Networks, 2017.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[Use(typeof(GroupedStage), Stride = 1, Name = "layer1")]
[Use(typeof(GroupedStage), nameof(GroupedStage.Blocks), 4, Width = 256, Name = "layer2")]
[Use(typeof(GroupedStage), nameof(GroupedStage.Blocks), 6, Width = 512, Name = "layer3")]
[Use(typeof(GroupedStage), Width = 1024, Name = "layer4")]
[GlobalAvgPool2d, Linear(1000, Name = "fc")]
internal sealed partial class ResNeXt50;
