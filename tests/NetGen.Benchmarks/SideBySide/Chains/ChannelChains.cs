namespace NetGen.Benchmarks.SideBySide.Chains;

/// <summary>Channel counts that no vector and no block divides.</summary>
[Network(Training = false)]
[Input(3, 37, 41)]
[Conv2d(7, 3, Padding = 1), ReLU]
[Conv2d(13, 3, Padding = 1), ReLU]
[Conv2d(29, 3, Padding = 1), ReLU]
[MaxPool2d(2)]
[Conv2d(31, 3), ReLU]
[Conv2d(53, 3), ReLU]
[GlobalAvgPool2d]
[Linear(11)]
internal sealed partial class PrimeChannels;

/// <summary>Many channels, one more or fewer than whole blocks.</summary>
[Network(Training = false)]
[Input(3, 28, 28)]
[Conv2d(67, 3, Stride = 2, Padding = 1), ReLU]
[Conv2d(127, 3, Padding = 1), ReLU]
[Conv2d(131, 3, Padding = 1), ReLU]
[MaxPool2d(3, Stride = 2)]
[Conv2d(257, 3, Padding = 1), ReLU]
[Linear(101)]
internal sealed partial class WidePrimeChannels;

/// <summary>Groups of few and of many channels, even and odd.</summary>
[Network(Training = false)]
[Input(6, 33, 33)]
[Conv2d(24, 3, Padding = 1, Groups = 2), ReLU]
[Conv2d(36, 3, Padding = 1, Groups = 4), ReLU]
[MaxPool2d(2)]
[Conv2d(60, 3, Padding = 1, Groups = 3), ReLU]
[Conv2d(64, 1, Groups = 2), ReLU]
[Conv2d(128, 3, Groups = 2), ReLU]
[GlobalAvgPool2d]
[Linear(17)]
internal sealed partial class Grouped;

/// <summary>Depthwise and pointwise convolutions in turn.</summary>
[Network(Training = false)]
[Input(3, 56, 56)]
[Conv2d(32, 3, Stride = 2, Padding = 1), ReLU]
[Conv2d(32, 3, Padding = 1, Groups = 32), ReLU]
[Conv2d(72, 1), ReLU]
[Conv2d(72, 3, Stride = 2, Padding = 1, Groups = 72), ReLU]
[Conv2d(100, 1), ReLU]
[Conv2d(200, 5, Padding = 2, Groups = 100), ReLU]
[Conv2d(96, 1), ReLU]
[GlobalAvgPool2d]
[Linear(10)]
internal sealed partial class Depthwise;

/// <summary>Matrix products over pixels.</summary>
[Network(Training = false)]
[Input(19, 23, 23)]
[Conv2d(64, 1), ReLU]
[Conv2d(256, 1), ReLU]
[Conv2d(61, 1, Stride = 2), ReLU]
[Conv2d(512, 1, Bias = false), ReLU]
[Conv2d(37, 1)]
internal sealed partial class Pointwise;
