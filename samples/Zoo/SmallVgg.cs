using NetGen;

namespace Samples.Zoo;

/// <summary>
/// Six convolutions in the manner of VGG for the 32×32 colour images of CIFAR-10; the output is logits. The names are those of a
/// PyTorch module with a <c>Sequential</c> called <c>features</c>.
/// </summary>
[Network]
[Input(3, 32, 32)]
[Conv2d(64, 3, Padding = 1, Name = "features.0"), ReLU]
[Conv2d(64, 3, Padding = 1, Name = "features.2"), ReLU]
[MaxPool2d(2)]
[Conv2d(128, 3, Padding = 1, Name = "features.5"), ReLU]
[Conv2d(128, 3, Padding = 1, Name = "features.7"), ReLU]
[MaxPool2d(2)]
[Conv2d(256, 3, Padding = 1, Name = "features.10"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.12"), ReLU]
[MaxPool2d(2)]
[Linear(256), ReLU]
[Linear(10)]
[Loss(Loss.CrossEntropy)]
public sealed partial class SmallVgg;
