namespace NetGen.Benchmarks.SideBySide.Later;

[Block]
[Slice(0, Half, From = "input", Name = "kept")]
[Slice(Half, Half, From = "input")]
[Conv2d(Half, 1, Bias = false), BatchNorm2d, ReLU]
[Conv2d(Half, 3, Padding = 1, Groups = Half, Bias = false), BatchNorm2d]
[Conv2d(Half, 1, Bias = false), BatchNorm2d, ReLU(Name = "convolved")]
[Concat("kept", "convolved"), ChannelShuffle(2)]
internal static class ShuffleUnit { public const int Half = 58; }

[Block]
[Conv2d(In, 3, Stride = 2, Padding = 1, Groups = In, Bias = false, From = "input"), BatchNorm2d]
[Conv2d(Half, 1, Bias = false), BatchNorm2d, ReLU(Name = "left")]
[Conv2d(Half, 1, Bias = false, From = "input"), BatchNorm2d, ReLU]
[Conv2d(Half, 3, Stride = 2, Padding = 1, Groups = Half, Bias = false), BatchNorm2d]
[Conv2d(Half, 1, Bias = false), BatchNorm2d, ReLU(Name = "right")]
[Concat("left", "right"), ChannelShuffle(2)]
internal static class HalvingShuffleUnit { public const int In = 24, Half = 58; }

/// <summary>ShuffleNetV2 ×1.0. Ningning Ma, Xiangyu Zhang, Hai-Tao Zheng, Jian Sun: ShuffleNet V2, Practical Guidelines for Efficient CNN Architecture Design, 2018.</summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(24, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
[Use(typeof(HalvingShuffleUnit)), Use(typeof(ShuffleUnit), Repeat = 3)]
[Use(typeof(HalvingShuffleUnit), "In", 116, "Half", 116), Use(typeof(ShuffleUnit), "Half", 116, Repeat = 7)]
[Use(typeof(HalvingShuffleUnit), "In", 232, "Half", 232), Use(typeof(ShuffleUnit), "Half", 232, Repeat = 3)]
[Conv2d(1024, 1, Bias = false), BatchNorm2d, ReLU]
[GlobalAvgPool2d, Linear(1000)]
internal sealed partial class ShuffleNetV2;
