using NetGen;

namespace Samples.Zoo;

/// <summary>Few channels, and of them as many again by windows of 1×1 as by 3×3.</summary>
[Block]
[Conv2d(Squeezed, 1, Name = "squeeze"), ReLU(Name = "squeezed")]
[Conv2d(Width, 1, Name = "expand1x1"), ReLU(Name = "expanded1x1")]
[Conv2d(Width, 3, Padding = 1, From = "squeezed", Name = "expand3x3"), ReLU(Name = "expanded3x3")]
[Concat("expanded1x1", "expanded3x3")]
internal static class Fire { public const int Squeezed = 16, Width = 64; }

/// <summary>
/// SqueezeNet 1.1 for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output is logits.
/// Forrest Iandola, Song Han, Matthew Moskewicz and others: SqueezeNet, AlexNet-level accuracy with 50x fewer parameters, 2016.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 3, Stride = 2, Name = "features.0"), ReLU]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(Fire), nameof(Fire.Squeezed), 16, Width = 64, Repeat = 2, First = 3, Name = "features")]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(Fire), nameof(Fire.Squeezed), 32, Width = 128, Repeat = 2, First = 6, Name = "features")]
[MaxPool2d(3, Stride = 2, CeilMode = true)]
[Use(typeof(Fire), nameof(Fire.Squeezed), 48, Width = 192, Repeat = 2, First = 9, Name = "features")]
[Use(typeof(Fire), nameof(Fire.Squeezed), 64, Width = 256, Repeat = 2, First = 11, Name = "features")]
[Dropout(0.5)]
[Conv2d(1000, 1, Name = "classifier.1"), ReLU]
[GlobalAvgPool2d, Flatten]
public sealed partial class SqueezeNet;
