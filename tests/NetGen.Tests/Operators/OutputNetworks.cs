namespace NetGen.Tests.Operators;

/// <summary>Networks with several outputs.</summary>
internal static partial class OutputNetworks
{
    [Network]
    [Input(3, 9, 7)]
    [Conv2d(20, 3, Padding = 1), ReLU, Output("map")]
    [GlobalAvgPool2d(Name = "features")]
    [Linear(5), Softmax, Output("classes")]
    [Linear(4, From = "features"), Output("box")]
    internal sealed partial class Detector;

    [Network, Input(3, 9, 7), Conv2d(20, 3, Padding = 1, Name = "conv1"), ReLU]
    internal sealed partial class Map;

    [Network, Input(3, 9, 7), Conv2d(20, 3, Padding = 1), ReLU, GlobalAvgPool2d, Linear(5), Softmax]
    internal sealed partial class Classes;

    [Network, Input(3, 9, 7), Conv2d(20, 3, Padding = 1), ReLU, GlobalAvgPool2d, Linear(4, Name = "fc2")]
    internal sealed partial class Box;

    [Network(Training = false), Input(3, 9, 7, Layout = ImageLayout.Hwc), Conv2d(4, 3), Output("before"), ReLU, Output("after")]
    internal sealed partial class OfPixels;
}
