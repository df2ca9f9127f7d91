using NetGen;

namespace Samples.Zoo;

/// <summary>
/// AlexNet for the thousand classes of ImageNet as torchvision has it, so that its weights can be loaded; the output is logits.
/// Alex Krizhevsky: One weird trick for parallelizing convolutional neural networks, 2014.
/// torchvision pools the last feature map to 6×6, which it is already for images of 224×224.
/// </summary>
[Network(Training = false)]
[Input(3, 224, 224)]
[Conv2d(64, 11, Stride = 4, Padding = 2, Name = "features.0"), ReLU]
[MaxPool2d(3, Stride = 2)]
[Conv2d(192, 5, Padding = 2, Name = "features.3"), ReLU]
[MaxPool2d(3, Stride = 2)]
[Conv2d(384, 3, Padding = 1, Name = "features.6"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.8"), ReLU]
[Conv2d(256, 3, Padding = 1, Name = "features.10"), ReLU]
[MaxPool2d(3, Stride = 2)]
[Dropout(0.5)]
[Linear(4096, Name = "classifier.1"), ReLU]
[Dropout(0.5)]
[Linear(4096, Name = "classifier.4"), ReLU]
[Linear(1000, Name = "classifier.6")]
public sealed partial class AlexNet;
