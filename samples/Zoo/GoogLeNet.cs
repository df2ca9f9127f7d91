using NetGen;

namespace Samples.Zoo;

/// <summary>A convolution with its normalisation.</summary>
[Block]
[Conv2d(Width, Kernel, Padding = Kernel / 2, Bias = false, Name = "conv"), BatchNorm2d(Epsilon = 0.001, Name = "bn"), ReLU]
internal static class NormalizedConv { public const int Width = 64, Kernel = 1; }

/// <summary>Four branches side by side.</summary>
[Block]
[Use(typeof(NormalizedConv), Width = Branch1, Name = "branch1")]
[Use(typeof(NormalizedConv), Width = Reduced2, From = "input", Name = "branch2.0")]
[Use(typeof(NormalizedConv), nameof(NormalizedConv.Kernel), 3, Width = Branch2, Name = "branch2.1")]
[Use(typeof(NormalizedConv), Width = Reduced3, From = "input", Name = "branch3.0")]
[Use(typeof(NormalizedConv), nameof(NormalizedConv.Kernel), 3, Width = Branch3, Name = "branch3.1")]
[MaxPool2d(3, Stride = 1, Padding = 1, From = "input")]
[Use(typeof(NormalizedConv), Width = Branch4, Name = "branch4.1")]
[Concat("branch1", "branch2.1", "branch3.1", "branch4.1")]
internal static class Inception { public const int Branch1 = 64, Reduced2 = 96, Branch2 = 128, Reduced3 = 16, Branch3 = 32, Branch4 = 32; }

/// <summary>
/// GoogLeNet for the thousand classes of ImageNet as torchvision has it, without the heads that help in training, so that its weights can be
/// loaded; the output is logits. Christian Szegedy, Wei Liu, Yangqing Jia and others: Going Deeper with Convolutions, 2015.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1.conv"), BatchNorm2d(Epsilon = 0.001, Name = "conv1.bn"), ReLU]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(NormalizedConv), Width = 64, Name = "conv2")]
[Use(typeof(NormalizedConv), "Kernel", 3, Width = 192, Name = "conv3")]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(Inception), Name = "inception3a")]
[Use(typeof(Inception), "Branch1", 128, "Reduced2", 128, "Branch2", 192, "Reduced3", 32, "Branch3", 96, "Branch4", 64, Name = "inception3b")]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(Inception), "Branch1", 192, "Reduced2", 96, "Branch2", 208, "Reduced3", 16, "Branch3", 48, "Branch4", 64, Name = "inception4a")]
[Use(typeof(Inception), "Branch1", 160, "Reduced2", 112, "Branch2", 224, "Reduced3", 24, "Branch3", 64, "Branch4", 64, Name = "inception4b")]
[Use(typeof(Inception), "Branch1", 128, "Reduced2", 128, "Branch2", 256, "Reduced3", 24, "Branch3", 64, "Branch4", 64, Name = "inception4c")]
[Use(typeof(Inception), "Branch1", 112, "Reduced2", 144, "Branch2", 288, "Reduced3", 32, "Branch3", 64, "Branch4", 64, Name = "inception4d")]
[Use(typeof(Inception), "Branch1", 256, "Reduced2", 160, "Branch2", 320, "Reduced3", 32, "Branch3", 128, "Branch4", 128, Name = "inception4e")]
[MaxPool2d(2, Stride = 2, CeilMode = true)]
[Use(typeof(Inception), "Branch1", 256, "Reduced2", 160, "Branch2", 320, "Reduced3", 32, "Branch3", 128, "Branch4", 128, Name = "inception5a")]
[Use(typeof(Inception), "Branch1", 384, "Reduced2", 192, "Branch2", 384, "Reduced3", 48, "Branch3", 128, "Branch4", 128, Name = "inception5b")]
[GlobalAvgPool2d, Dropout(0.2), Linear(1000, Name = "fc")]
public sealed partial class GoogLeNet;
