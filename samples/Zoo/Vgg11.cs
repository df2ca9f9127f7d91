using NetGen;

namespace Samples.Zoo;

/// <summary>
/// VGG-11 (configuration A) for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output
/// is logits. Karen Simonyan, Andrew Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2015.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 3, Padding = 1, Name = "features.0"), ReLU]
[MaxPool2d(2)]
[Conv2d(128, 3, Padding = 1, Name = "features.3"), ReLU]
[MaxPool2d(2)]
[Conv2d(256, 3, Padding = 1, Name = "features.6"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.8"), ReLU]
[MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1, Name = "features.11"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.13"), ReLU]
[MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1, Name = "features.16"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.18"), ReLU]
[MaxPool2d(2)]
[Linear(4096, Name = "classifier.0"), ReLU]
[Dropout(0.5)]
[Linear(4096, Name = "classifier.3"), ReLU]
[Dropout(0.5)]
[Linear(1000, Name = "classifier.6")]
public sealed partial class Vgg11;
