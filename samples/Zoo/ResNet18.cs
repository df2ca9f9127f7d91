using NetGen;

namespace Samples.Zoo;

/// <summary>
/// ResNet-18 for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output is logits.
/// Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun: Deep Residual Learning for Image Recognition, 2016.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Use(typeof(BasicStages), Name = "")]
[Linear(1000, Name = "fc")]
public sealed partial class ResNet18;
