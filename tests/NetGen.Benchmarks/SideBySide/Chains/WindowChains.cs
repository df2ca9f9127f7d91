namespace NetGen.Benchmarks.SideBySide.Chains;

/// <summary>5×5 windows.</summary>
[Network(Training = false)]
[Input(5, 32, 32)]
[Conv2d(23, 5, Padding = 2), ReLU]
[Conv2d(37, 5, Padding = 2), ReLU]
[MaxPool2d(2)]
[Conv2d(64, 5, Padding = 2), ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[Conv2d(96, 5), ReLU]
[Linear(19)]
internal sealed partial class FiveByFive;

/// <summary>7×7 windows, the first as in ResNet.</summary>
[Network(Training = false)]
[Input(3, 80, 80)]
[Conv2d(64, 7, Stride = 2, Padding = 3), ReLU]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[Conv2d(17, 7, Padding = 3), ReLU]
[Conv2d(48, 7, Stride = 2, Padding = 3), ReLU]
[Conv2d(19, 7), ReLU]
[Linear(10)]
internal sealed partial class SevenBySeven;

/// <summary>Windows that skip pixels, and windows that leave some out.</summary>
[Network(Training = false)]
[Input(3, 127, 127)]
[Conv2d(24, 3, Stride = 3), ReLU]
[Conv2d(40, 5, Stride = 3, Padding = 2), ReLU]
[Conv2d(80, 2, Stride = 3, Padding = 1), ReLU]
[Conv2d(64, 3, StrideH = 1, StrideW = 2), ReLU]
[Linear(10)]
internal sealed partial class StrideThree;

/// <summary>Taps apart from each other.</summary>
[Network(Training = false)]
[Input(3, 48, 48)]
[Conv2d(32, 3, Padding = 2, Dilation = 2), ReLU]
[Conv2d(32, 3, Padding = 4, Dilation = 4), ReLU]
[Conv2d(24, 3, PaddingH = 1, PaddingW = 3, DilationH = 1, DilationW = 3), ReLU]
[Conv2d(48, 3, Stride = 2, Dilation = 3), ReLU]
[GlobalAvgPool2d]
[Linear(10)]
internal sealed partial class Dilated;

/// <summary>Windows of one row or one column.</summary>
[Network(Training = false)]
[Input(2, 30, 50)]
[Conv2d(16, 1, 7, PaddingW = 3), ReLU]
[Conv2d(16, 7, 1, PaddingH = 3), ReLU]
[MaxPool2d(1, 2)]
[Conv2d(44, 1, 5, StrideW = 2), ReLU]
[Conv2d(52, 5, 1, StrideH = 2), ReLU]
[Conv2d(32, 3, 2, SamePadding = true), ReLU]
[Linear(10)]
internal sealed partial class OneDimensional;
