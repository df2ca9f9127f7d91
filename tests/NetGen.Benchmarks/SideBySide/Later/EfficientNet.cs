namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Conv2d(In * 6, 1, Bias = false), BatchNorm2d, SiLU]
[Conv2d(In * 6, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = In * 6, Bias = false), BatchNorm2d, SiLU(Name = "map")]
[GlobalAvgPool2d, Linear(In / 4), SiLU, Linear(In * 6), Sigmoid, Multiply("map")]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
internal static class MobileBottleneck { public const int In = 16, Kernel = 3, Stride = 1, Width = 24; }

[Block]
[Use(typeof(MobileBottleneck), nameof(MobileBottleneck.In), Width, nameof(MobileBottleneck.Kernel), Kernel, Width = Width, Name = "conv"), Add("input")]
internal static class MobileResidual { public const int Kernel = 3, Width = 24; }

[Block]
[Use(typeof(MobileBottleneck), nameof(MobileBottleneck.In), In, nameof(MobileBottleneck.Kernel), Kernel, Width = Width, Stride = Stride)]
[Use(typeof(MobileResidual), nameof(MobileResidual.Kernel), Kernel, Width = Width, Repeat = Blocks - 1, First = 1)]
internal static class MobileStage { public const int In = 16, Kernel = 3, Stride = 2, Width = 24, Blocks = 2; }

/// <summary>EfficientNet-B0. Mingxing Tan, Quoc V. Le: EfficientNet, Rethinking Model Scaling for Convolutional Neural Networks, 2019.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, SiLU]
[Conv2d(32, 3, Padding = 1, Groups = 32, Bias = false), BatchNorm2d, SiLU(Name = "map")]
[GlobalAvgPool2d, Linear(8), SiLU, Linear(32), Sigmoid, Multiply("map"), Conv2d(16, 1, Bias = false), BatchNorm2d]
[Use(typeof(MobileStage))]
[Use(typeof(MobileStage), "In", 24, "Kernel", 5, Width = 40)]
[Use(typeof(MobileStage), "In", 40, "Blocks", 3, Width = 80)]
[Use(typeof(MobileStage), "In", 80, "Kernel", 5, "Blocks", 3, Width = 112, Stride = 1)]
[Use(typeof(MobileStage), "In", 112, "Kernel", 5, "Blocks", 4, Width = 192)]
[Use(typeof(MobileStage), "In", 192, "Blocks", 1, Width = 320, Stride = 1)]
[Conv2d(1280, 1, Bias = false), BatchNorm2d, SiLU]
[GlobalAvgPool2d, Dropout(0.2), Linear(1000)]
internal sealed partial class EfficientNetB0;
