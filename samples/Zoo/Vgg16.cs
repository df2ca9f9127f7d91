using NetGen;

namespace Samples.Zoo;

/// <summary>
/// VGG-16 (configuration D) for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output
/// is logits. Karen Simonyan, Andrew Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, 2015.
/// torchvision pools the last feature map to 7×7, which it is already for images of 224×224.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 3, Padding = 1, Name = "features.0"), ReLU]
[Conv2d(64, 3, Padding = 1, Name = "features.2"), ReLU]
[MaxPool2d(2)]
[Conv2d(128, 3, Padding = 1, Name = "features.5"), ReLU]
[Conv2d(128, 3, Padding = 1, Name = "features.7"), ReLU]
[MaxPool2d(2)]
[Conv2d(256, 3, Padding = 1, Name = "features.10"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.12"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.14"), ReLU]
[MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1, Name = "features.17"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.19"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.21"), ReLU]
[MaxPool2d(2)]
[Conv2d(512, 3, Padding = 1, Name = "features.24"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.26"), ReLU]
[Conv2d(512, 3, Padding = 1, Name = "features.28"), ReLU]
[MaxPool2d(2)]
[Linear(4096, Name = "classifier.0"), ReLU]
[Dropout(0.5)]
[Linear(4096, Name = "classifier.3"), ReLU]
[Dropout(0.5)]
[Linear(1000, Name = "classifier.6")]
public sealed partial class Vgg16;
