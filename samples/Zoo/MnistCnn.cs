using NetGen;

namespace Samples.Zoo;

/// <summary>The network of PyTorch's MNIST example, without its dropout and log-softmax; the output is logits.</summary>
[Network]
[Input(1, 28, 28)]
[Conv2d(32, 3), ReLU]
[Conv2d(64, 3), ReLU]
[MaxPool2d(2)]
[Linear(128), ReLU]
[Linear(10)]
[Loss(Loss.CrossEntropy)]
public sealed partial class MnistCnn;
