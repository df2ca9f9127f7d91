namespace NetGen.Benchmarks.SideBySide.Chains;

/// <summary>Images of a few pixels with many channels.</summary>
[Network(Training = false)]
[Input(48, 5, 5)]
[Conv2d(96, 3, Padding = 1), ReLU]
[Conv2d(160, 3), ReLU]
[Conv2d(224, 2), ReLU]
[Conv2d(320, 2), ReLU]
[Conv2d(100, 1), ReLU]
[Linear(10)]
internal sealed partial class TinyImages;

/// <summary>Images that are one band of pixels, as of sound or text lines.</summary>
[Network(Training = false)]
[Input(1, 9, 641)]
[Conv2d(12, 3, 9, PaddingH = 1, PaddingW = 4, StrideH = 1, StrideW = 2), ReLU]
[Conv2d(28, 3, Padding = 1), ReLU]
[MaxPool2d(2)]
[Conv2d(44, 3, Padding = 1), ReLU]
[MaxPool2d(2, 4)]
[Conv2d(64, 2, 3), ReLU]
[Linear(26)]
internal sealed partial class WideImages;

/// <summary>Images narrower than any vector.</summary>
[Network(Training = false)]
[Input(2, 401, 5)]
[Conv2d(16, 3, Padding = 1), ReLU]
[Conv2d(32, 3, Padding = 1), ReLU]
[MaxPool2d(2, 1)]
[Conv2d(48, 5, 3, StrideH = 2, StrideW = 1), ReLU]
[Conv2d(64, 3), ReLU]
[GlobalAvgPool2d]
[Linear(10)]
internal sealed partial class TallImages;

/// <summary>The activations and pools that are not ReLU and maximum.</summary>
[Network(Training = false)]
[Input(3, 31, 31)]
[Conv2d(20, 3, Padding = 1), Tanh]
[AvgPool2d(3, Stride = 2, Padding = 1)]
[Conv2d(40, 3, Padding = 1, Bias = false), LeakyReLU(0.1)]
[AvgPool2d(2, CountIncludePad = false)]
[Conv2d(33, 3), Sigmoid]
[Flatten]
[Dropout(0.5)]
[Linear(50, Bias = false), Tanh]
[Linear(12), Softmax]
internal sealed partial class SmoothActivations;

/// <summary>Linear layers of odd lengths.</summary>
[Network(Training = false)]
[Input(783)]
[Linear(301), ReLU]
[Linear(1009), ReLU]
[Linear(127), Tanh]
[Linear(7)]
internal sealed partial class Perceptron;
