using NetGen;

namespace Samples.Zoo;

// The blocks of residual networks under torchvision's names. The first copy of a stage halves the map, except in the first stage, and so its
// shortcut is a convolution; the shortcut of the others is what comes in.

/// <summary>Two convolutions around which the input goes.</summary>
[Block]
[Conv2d(Width, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = 1, Bias = false), BatchNorm2d]
[Add("input"), ReLU]
internal static class BasicBlock { public const int Width = 64; }

/// <summary>The block that begins a stage of basic blocks.</summary>
[Block]
[Conv2d(Width, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = 1, Bias = false), BatchNorm2d]
[Conv2d(Width, 1, Stride = 2, Bias = false, From = "input", Name = "downsample.0"), BatchNorm2d(Name = "downsample.1")]
[Add("bn2"), ReLU]
internal static class HalvingBlock { public const int Width = 128; }

/// <summary>A stage of basic blocks.</summary>
[Block]
[Use(typeof(HalvingBlock), Width = Width, Name = "0")]
[Use(typeof(BasicBlock), Width = Width, Repeat = Blocks - 1, First = 1)]
internal static class BasicStage { public const int Width = 128, Blocks = 2; }

/// <summary>A convolution between two of 1×1, around which the input goes.</summary>
[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * 4, 1, Bias = false), BatchNorm2d]
[Add("input"), ReLU]
internal static class Bottleneck { public const int Width = 64; }

/// <summary>The block that begins a stage of bottlenecks.</summary>
[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Stride = Stride, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width * 4, 1, Bias = false), BatchNorm2d]
[Conv2d(Width * 4, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0"), BatchNorm2d(Name = "downsample.1")]
[Add("bn3"), ReLU]
internal static class WideningBottleneck { public const int Width = 64, Stride = 2; }

/// <summary>A stage of bottlenecks.</summary>
[Block]
[Use(typeof(WideningBottleneck), Width = Width, Stride = Stride, Name = "0")]
[Use(typeof(Bottleneck), Width = Width, Repeat = Blocks - 1, First = 1)]
internal static class BottleneckStage { public const int Width = 64, Stride = 2, Blocks = 3; }

/// <summary>What residual networks for images of 224×224 begin with.</summary>
[Block]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1, Name = "maxpool")]
internal static class ResNetStem;

/// <summary>Four stages of basic blocks, with the stem before them.</summary>
[Block]
[Use(typeof(ResNetStem), Name = "")]
[Use(typeof(BasicBlock), Width = 64, Repeat = Blocks1, Name = "layer1")]
[Use(typeof(BasicStage), nameof(BasicStage.Blocks), Blocks2, Width = 128, Name = "layer2")]
[Use(typeof(BasicStage), nameof(BasicStage.Blocks), Blocks3, Width = 256, Name = "layer3")]
[Use(typeof(BasicStage), nameof(BasicStage.Blocks), Blocks4, Width = 512, Name = "layer4")]
[GlobalAvgPool2d]
internal static class BasicStages { public const int Blocks1 = 2, Blocks2 = 2, Blocks3 = 2, Blocks4 = 2; }

/// <summary>Four stages of bottlenecks, with the stem before them.</summary>
[Block]
[Use(typeof(ResNetStem), Name = "")]
[Use(typeof(BottleneckStage), nameof(BottleneckStage.Blocks), 3, Width = 64, Stride = 1, Name = "layer1")]
[Use(typeof(BottleneckStage), nameof(BottleneckStage.Blocks), Blocks2, Width = 128, Name = "layer2")]
[Use(typeof(BottleneckStage), nameof(BottleneckStage.Blocks), Blocks3, Width = 256, Name = "layer3")]
[Use(typeof(BottleneckStage), nameof(BottleneckStage.Blocks), 3, Width = 512, Name = "layer4")]
[GlobalAvgPool2d]
internal static class BottleneckStages { public const int Blocks2 = 4, Blocks3 = 6; }
