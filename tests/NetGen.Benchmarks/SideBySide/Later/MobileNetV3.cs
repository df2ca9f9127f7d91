namespace NetGen.Benchmarks.SideBySide.Later;

// Expansion, depthwise convolution, with Gate squeeze and excitation, and projection; with Residual the input is added.

[Block]
[Conv2d(Expanded, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Expanded, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = Expanded, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
internal static class ReluBottleneck { public const int Expanded = 64, Kernel = 3, Stride = 1, Width = 24; }

[Block]
[Use(typeof(ReluBottleneck), nameof(ReluBottleneck.Expanded), Expanded, Width = Width, Name = "conv"), Add("input")]
internal static class ReluResidual { public const int Expanded = 64, Width = 24; }

[Block]
[Conv2d(Expanded, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Expanded, 5, Stride = Stride, Padding = 2, Groups = Expanded, Bias = false), BatchNorm2d, ReLU(Name = "map")]
[GlobalAvgPool2d, Linear(Squeezed), ReLU, Linear(Expanded), HardSigmoid, Multiply("map")]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
internal static class ReluGateBottleneck { public const int Expanded = 72, Squeezed = 24, Stride = 1, Width = 40; }

[Block]
[Use(typeof(ReluGateBottleneck), nameof(ReluGateBottleneck.Expanded), 120, nameof(ReluGateBottleneck.Squeezed), 32, Name = "conv"), Add("input")]
internal static class ReluGateResidual;

[Block]
[Conv2d(Expanded, 1, Bias = false), BatchNorm2d, HardSwish]
[Conv2d(Expanded, 3, Stride = Stride, Padding = 1, Groups = Expanded, Bias = false), BatchNorm2d, HardSwish]
[Conv2d(80, 1, Bias = false), BatchNorm2d]
internal static class SwishBottleneck { public const int Expanded = 240, Stride = 1; }

[Block]
[Use(typeof(SwishBottleneck), nameof(SwishBottleneck.Expanded), Expanded, Name = "conv"), Add("input")]
internal static class SwishResidual { public const int Expanded = 200; }

[Block]
[Conv2d(Expanded, 1, Bias = false), BatchNorm2d, HardSwish]
[Conv2d(Expanded, Kernel, Stride = Stride, Padding = Kernel / 2, Groups = Expanded, Bias = false), BatchNorm2d, HardSwish(Name = "map")]
[GlobalAvgPool2d, Linear(Expanded / 4), ReLU, Linear(Expanded), HardSigmoid, Multiply("map")]
[Conv2d(Width, 1, Bias = false), BatchNorm2d]
internal static class SwishGateBottleneck { public const int Expanded = 480, Kernel = 3, Stride = 1, Width = 112; }

[Block]
[Use(typeof(SwishGateBottleneck), nameof(SwishGateBottleneck.Expanded), Expanded, nameof(SwishGateBottleneck.Kernel), Kernel, Width = Width, Name = "conv")]
[Add("input")]
internal static class SwishGateResidual { public const int Expanded = 672, Kernel = 3, Width = 112; }

/// <summary>MobileNetV3-Large. Andrew Howard, Mark Sandler, Grace Chu and others: Searching for MobileNetV3, 2019.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(16, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, HardSwish(Name = "stem")]
[Conv2d(16, 3, Padding = 1, Groups = 16, Bias = false), BatchNorm2d, ReLU, Conv2d(16, 1, Bias = false), BatchNorm2d, Add("stem")]
[Use(typeof(ReluBottleneck), Stride = 2)]
[Use(typeof(ReluResidual), nameof(ReluResidual.Expanded), 72)]
[Use(typeof(ReluGateBottleneck), Stride = 2)]
[Use(typeof(ReluGateResidual), Repeat = 2)]
[Use(typeof(SwishBottleneck), Stride = 2)]
[Use(typeof(SwishResidual))]
[Use(typeof(SwishResidual), nameof(SwishResidual.Expanded), 184, Repeat = 2)]
[Use(typeof(SwishGateBottleneck))]
[Use(typeof(SwishGateResidual))]
[Use(typeof(SwishGateBottleneck), nameof(SwishGateBottleneck.Expanded), 672, nameof(SwishGateBottleneck.Kernel), 5, Width = 160, Stride = 2)]
[Use(typeof(SwishGateResidual), nameof(SwishGateResidual.Expanded), 960, nameof(SwishGateResidual.Kernel), 5, Width = 160, Repeat = 2)]
[Conv2d(960, 1, Bias = false), BatchNorm2d, HardSwish, GlobalAvgPool2d]
[Linear(1280), HardSwish, Dropout(0.2), Linear(1000)]
internal sealed partial class MobileNetV3Large;
