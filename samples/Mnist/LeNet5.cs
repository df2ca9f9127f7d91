using NetGen;

namespace Samples;

/// <summary>
/// LeNet-5 with today's activations (ReLU, max pooling, softmax) for handwritten digits.
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
[Linear(10), Softmax]
internal sealed partial class LeNet5;
