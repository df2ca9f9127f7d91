using NetGen;

namespace Samples.Zoo;

/// <summary>
/// LeNet-5 with today's activations (ReLU, max pooling) for handwritten digits; the output is logits.
/// Yann LeCun, Léon Bottou, Yoshua Bengio, Patrick Haffner: Gradient-Based Learning Applied to Document Recognition, 1998.
/// </summary>
[Network]
[Input(1, 28, 28)]
[Conv2d(6, 5, Padding = 2), ReLU]
[MaxPool2d(2)]
[Conv2d(16, 5), ReLU]
[MaxPool2d(2)]
[Linear(120), ReLU]
[Linear(84), ReLU]
[Linear(10)]
[Loss(Loss.CrossEntropy)]
public sealed partial class LeNet5;
