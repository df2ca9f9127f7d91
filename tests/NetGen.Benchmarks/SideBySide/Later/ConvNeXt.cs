namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Conv2d(Width, 7, Padding = 3, Groups = Width, Name = "block.0"), LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 1e-6, Name = "block.2")]
[Conv2d(Width * 4, 1, Name = "block.3"), GELU, Conv2d(Width, 1, Name = "block.5")]
[Scale(InitialValue = 1e-6, Name = "layer_scale"), Add("input")]
internal static class ScaledResidual { public const int Width = 96; }

[Block]
[LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 1e-6, Name = "0"), Conv2d(Width, 2, Stride = 2, Name = "1")]
internal static class NormalizedHalving { public const int Width = 192; }

/// <summary>ConvNeXt-T under torchvision's names. Zhuang Liu and others: A ConvNet for the 2020s, 2022.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(96, 4, Stride = 4, Name = "features.0.0"), LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 1e-6, Name = "features.0.1")]
[Use(typeof(ScaledResidual), Repeat = 3, Name = "features.1")]
[Use(typeof(NormalizedHalving), Name = "features.2")]
[Use(typeof(ScaledResidual), Width = 192, Repeat = 3, Name = "features.3")]
[Use(typeof(NormalizedHalving), Width = 384, Name = "features.4")]
[Use(typeof(ScaledResidual), Width = 384, Repeat = 9, Name = "features.5")]
[Use(typeof(NormalizedHalving), Width = 768, Name = "features.6")]
[Use(typeof(ScaledResidual), Width = 768, Repeat = 3, Name = "features.7")]
[GlobalAvgPool2d, LayerNorm(Over = LayerNormAxes.Channels, Epsilon = 1e-6, Name = "classifier.0"), Linear(1000, Name = "classifier.2")]
internal sealed partial class ConvNeXtTiny;
