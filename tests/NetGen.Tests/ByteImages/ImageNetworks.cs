namespace NetGen.Tests.ByteImages;

// Sizes that leave a rest behind whole vectors; every number of channels that has a way of its own.

[Network(Training = false)]
[Input(3, 9, 7, Layout = ImageLayout.Hwc, Mean = new[] { 0.485, 0.456, 0.406 }, Std = new[] { 0.229, 0.224, 0.225 })]
[Conv2d(16, 3, Padding = 1), ReLU]
[Linear(5), Softmax]
internal sealed partial class ColourPixels;

[Network]
[Input(3, 9, 7, Layout = ImageLayout.Chw, Mean = new[] { 0.485, 0.456, 0.406 }, Std = new[] { 0.229, 0.224, 0.225 })]
[Conv2d(16, 3, Padding = 1), ReLU]
[Linear(5), Softmax]
internal sealed partial class ColourPlanes;

[Network(Training = false)]
[Input(1, 5, 7, Layout = ImageLayout.Hwc, Mean = new[] { 0.1307 }, Std = new[] { 0.3081 })]
[Conv2d(3, 3), ReLU]
[Linear(1), Sigmoid]
internal sealed partial class Grey;

[Network(Training = false)]
[Input(4, 6, 11, Layout = ImageLayout.Hwc, Std = new[] { 0.5, 0.25, 2, 1 })]
[AvgPool2d(2)]
[Linear(3)]
internal sealed partial class WithAlpha;

[Network(Training = false)]
[Input(40, Mean = new[] { 0.5 })]
[Linear(4)]
internal sealed partial class Readings;

/// <summary>Large enough for threads to share its work.</summary>
[Network(Training = false)]
[Input(3, 64, 64, Layout = ImageLayout.Hwc, Mean = new[] { 0.5 })]
[Conv2d(32, 3, Padding = 1), ReLU]
[Conv2d(32, 3, Padding = 1), ReLU]
[GlobalAvgPool2d, Linear(5)]
internal sealed partial class LargeColourPixels;
