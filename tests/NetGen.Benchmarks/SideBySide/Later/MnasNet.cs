namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Conv2d(In * Expansion, 1, Bias = false, Name = "layers.0"), BatchNorm2d(Name = "layers.1"), ReLU]
[Conv2d(In * Expansion, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = In * Expansion, Bias = false, Name = "layers.3")]
[BatchNorm2d(Name = "layers.4"), ReLU]
[Conv2d(Width, 1, Bias = false, Name = "layers.6"), BatchNorm2d(Name = "layers.7")]
internal static class MnasBottleneck { public const int In = 16, Kernel = 3, Stride = 1, Expansion = 3, Width = 24; }

[Block]
[Use(typeof(MnasBottleneck), "In", Width, "Kernel", Kernel, Width = Width, Expansion = Expansion, Name = ""), Add("input")]
internal static class MnasResidual { public const int Kernel = 3, Expansion = 3, Width = 24; }

[Block]
[Use(typeof(MnasBottleneck), "In", In, "Kernel", Kernel, Width = Width, Stride = Stride, Expansion = Expansion, Name = "0")]
[Use(typeof(MnasResidual), "Kernel", Kernel, Width = Width, Expansion = Expansion, Repeat = Blocks - 1, First = 1)]
internal static class MnasStage { public const int In = 16, Kernel = 3, Stride = 2, Expansion = 6, Width = 24, Blocks = 3; }

/// <summary>MNASNet 1.0 under torchvision's names. Mingxing Tan, Bo Chen and others: MnasNet, Platform-Aware Neural Architecture Search for Mobile, 2018.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false, Name = "layers.0"), BatchNorm2d(Name = "layers.1"), ReLU]
[Conv2d(32, 3, Padding = 1, Groups = 32, Bias = false, Name = "layers.3"), BatchNorm2d(Name = "layers.4"), ReLU]
[Conv2d(16, 1, Bias = false, Name = "layers.6"), BatchNorm2d(Name = "layers.7")]
[Use(typeof(MnasStage), Expansion = 3, Name = "layers.8")]
[Use(typeof(MnasStage), "In", 24, "Kernel", 5, Width = 40, Expansion = 3, Name = "layers.9")]
[Use(typeof(MnasStage), "In", 40, "Kernel", 5, Width = 80, Name = "layers.10")]
[Use(typeof(MnasStage), "In", 80, "Blocks", 2, Width = 96, Stride = 1, Name = "layers.11")]
[Use(typeof(MnasStage), "In", 96, "Kernel", 5, "Blocks", 4, Width = 192, Name = "layers.12")]
[Use(typeof(MnasStage), "In", 192, "Blocks", 1, Width = 320, Stride = 1, Name = "layers.13")]
[Conv2d(1280, 1, Bias = false, Name = "layers.14"), BatchNorm2d(Name = "layers.15"), ReLU]
[GlobalAvgPool2d, Dropout(0.2), Linear(1000, Name = "classifier.1")]
internal sealed partial class MnasNet;
