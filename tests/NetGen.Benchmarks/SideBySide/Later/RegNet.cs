namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Padding = 1, Groups = Width / 24, Bias = false), BatchNorm2d, ReLU(Name = "map")]
[GlobalAvgPool2d, Linear(Width / 4), ReLU, Linear(Width), Sigmoid, Multiply("map")]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
[Add("input"), ReLU]
internal static class GatedGroupBlock { public const int Width = 48; }

[Block]
[Conv2d(Width, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 3, Stride = 2, Padding = 1, Groups = Width / 24, Bias = false), BatchNorm2d, ReLU(Name = "map")]
[GlobalAvgPool2d, Linear(In / 4), ReLU, Linear(Width), Sigmoid, Multiply("map")]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
[Conv2d(Width, 1, Stride = 2, Bias = false, From = "input", Name = "downsample.0"), BatchNorm2d(Name = "downsample.1")]
[Add("bn3"), ReLU]
internal static class HalvingGatedGroupBlock { public const int In = 32, Width = 48; }

[Block]
[Use(typeof(HalvingGatedGroupBlock), nameof(HalvingGatedGroupBlock.In), In, Width = Width, Name = "0")]
[Use(typeof(GatedGroupBlock), Width = Width, Repeat = Blocks - 1, First = 1)]
internal static class GatedGroupStage { public const int In = 32, Width = 48, Blocks = 2; }

/// <summary>RegNetY-1.6GF, whose groups of 24 channels are no whole blocks. Ilija Radosavovic and others: Designing Network Design Spaces, 2020.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use(typeof(GatedGroupStage), Name = "block1")]
[Use(typeof(GatedGroupStage), "In", 48, "Blocks", 6, Width = 120, Name = "block2")]
[Use(typeof(GatedGroupStage), "In", 120, "Blocks", 17, Width = 336, Name = "block3")]
[Use(typeof(GatedGroupStage), "In", 336, Width = 888, Name = "block4")]
[GlobalAvgPool2d, Linear(1000, Name = "fc")]
internal sealed partial class RegNetY16;
