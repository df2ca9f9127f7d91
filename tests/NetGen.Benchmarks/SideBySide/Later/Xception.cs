namespace NetGen.Benchmarks.SideBySide.Later;

/// <summary>Each channel by itself, then all of them at each pixel.</summary>
[Block]
[Conv2d(In, 3, Padding = 1, Groups = In, Bias = false, Name = "conv1"), Conv2d(Width, 1, Bias = false, Name = "pointwise")]
internal static class SeparableConv { public const int In = 728, Width = 728; }

[Block]
[Use(typeof(SeparableConv), "In", 64, Width = 128, Name = "rep.0"), BatchNorm2d(Name = "rep.1"), ReLU]
[Use(typeof(SeparableConv), "In", 128, Width = 128, Name = "rep.3"), BatchNorm2d(Name = "rep.4"), MaxPool2d(3, Stride = 2, Padding = 1, Name = "rep.5")]
[Conv2d(128, 1, Stride = 2, Bias = false, From = "input", Name = "skip"), BatchNorm2d(Name = "skipbn"), Add("rep.5")]
internal static class FirstXceptionBlock;

[Block]
[ReLU, Use(typeof(SeparableConv), "In", In, Width = Middle, Name = "rep.1"), BatchNorm2d(Name = "rep.2")]
[ReLU, Use(typeof(SeparableConv), "In", Middle, Width = Width, Name = "rep.4"), BatchNorm2d(Name = "rep.5"), MaxPool2d(3, Stride = 2, Padding = 1, Name = "rep.6")]
[Conv2d(Width, 1, Stride = 2, Bias = false, From = "input", Name = "skip"), BatchNorm2d(Name = "skipbn"), Add("rep.6")]
internal static class HalvingXceptionBlock { public const int In = 128, Middle = 256, Width = 256; }

[Block]
[ReLU, Use(typeof(SeparableConv), Name = "rep.1"), BatchNorm2d(Name = "rep.2")]
[ReLU, Use(typeof(SeparableConv), Name = "rep.4"), BatchNorm2d(Name = "rep.5")]
[ReLU, Use(typeof(SeparableConv), Name = "rep.7"), BatchNorm2d(Name = "rep.8"), Add("input")]
internal static class XceptionBlock;

/// <summary>Xception under the names of its port to PyTorch. François Chollet: Xception, Deep Learning with Depthwise Separable Convolutions, 2017.</summary>
[Network(Training = false)]
[Input(3, 299, 299)]
[Conv2d(32, 3, Stride = 2, Bias = false), BatchNorm2d, ReLU]
[Conv2d(64, 3, Bias = false), BatchNorm2d, ReLU]
[Use(typeof(FirstXceptionBlock), Name = "block1")]
[Use(typeof(HalvingXceptionBlock), Name = "block2")]
[Use(typeof(HalvingXceptionBlock), "In", 256, "Middle", 728, Width = 728, Name = "block3")]
[Use(typeof(XceptionBlock), Repeat = 8, First = 4, Name = "block*")]
[Use(typeof(HalvingXceptionBlock), "In", 728, "Middle", 728, Width = 1024, Name = "block12")]
[Use(typeof(SeparableConv), "In", 1024, Width = 1536, Name = "conv3"), BatchNorm2d(Name = "bn3"), ReLU]
[Use(typeof(SeparableConv), "In", 1536, Width = 2048, Name = "conv4"), BatchNorm2d(Name = "bn4"), ReLU]
[GlobalAvgPool2d, Linear(1000, Name = "fc")]
internal sealed partial class Xception;
