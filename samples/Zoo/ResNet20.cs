using NetGen;

namespace Samples.Zoo;

/// <summary>
/// ResNet-20 for the ten classes of CIFAR-10, with convolutions for the shortcuts that change a shape; the output is logits.
/// Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun: Deep Residual Learning for Image Recognition, 2016.
/// </summary>
[Network]
[Input(3, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use(typeof(BasicBlock), Width = 16, Repeat = 3, Name = "layer1")]
[Use(typeof(BasicStage), nameof(BasicStage.Blocks), 3, Width = 32, Name = "layer2")]
[Use(typeof(BasicStage), nameof(BasicStage.Blocks), 3, Width = 64, Name = "layer3")]
[GlobalAvgPool2d, Linear(10, Name = "fc")]
[Loss(Loss.CrossEntropy)]
public sealed partial class ResNet20;
