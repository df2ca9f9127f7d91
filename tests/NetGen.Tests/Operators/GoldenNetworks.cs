namespace NetGen.Tests.Operators;

/// <summary>A network for each of PyTorch's files of pools and softmax: the file's shape and parameters under the file's name.</summary>
internal static partial class GoldenNetworks
{
    [Network(InputGradients = true), Input(1, 8, 8), AvgPool2d(3, Stride = 2, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_00;

    [Network(InputGradients = true), Input(1, 8, 8), AvgPool2d(5, Padding = 2, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_01;

    [Network(InputGradients = true), Input(20, 13, 8), AvgPool2d(5, Stride = 1, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_02;

    [Network(InputGradients = true), Input(20, 13, 11), AvgPool2d(5, Stride = 2, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_03;

    [Network(InputGradients = true), Input(1, 14, 14), AvgPool2d(5)]
    internal sealed partial class AvgPool2d_04;

    [Network(InputGradients = true), Input(3, 13, 8), AvgPool2d(2, Stride = 3, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_05;

    [Network(InputGradients = true), Input(16, 13, 14), AvgPool2d(3, CountIncludePad = false)]
    internal sealed partial class AvgPool2d_06;

    [Network(InputGradients = true), Input(6, 8, 8), AvgPool2d(5, Stride = 1)]
    internal sealed partial class AvgPool2d_07;

    [Network(InputGradients = true), Input(3, 7, 7), GlobalAvgPool2d]
    internal sealed partial class GlobalAvgPool_00;

    [Network(InputGradients = true), Input(16, 7, 7), GlobalAvgPool2d]
    internal sealed partial class GlobalAvgPool_01;

    [Network(InputGradients = true), Input(20, 3, 7), GlobalAvgPool2d]
    internal sealed partial class GlobalAvgPool_02;

    [Network(InputGradients = true), Input(33, 8, 4), GlobalAvgPool2d]
    internal sealed partial class GlobalAvgPool_03;

    [Network(InputGradients = true), Input(1, 8, 14), MaxPool2d(3, Stride = 2)]
    internal sealed partial class MaxPool2d_00;

    [Network(InputGradients = true), Input(1, 14, 8), MaxPool2d(5, Padding = 2)]
    internal sealed partial class MaxPool2d_01;

    [Network(InputGradients = true), Input(20, 14, 11), MaxPool2d(5, Stride = 1)]
    internal sealed partial class MaxPool2d_02;

    [Network(InputGradients = true), Input(20, 8, 11), MaxPool2d(5, Stride = 2)]
    internal sealed partial class MaxPool2d_03;

    [Network(InputGradients = true), Input(1, 8, 11), MaxPool2d(5, CeilMode = true)]
    internal sealed partial class MaxPool2d_04;

    [Network(InputGradients = true), Input(3, 8, 8), MaxPool2d(2, Stride = 3)]
    internal sealed partial class MaxPool2d_05;

    [Network(InputGradients = true), Input(16, 13, 14), MaxPool2d(3, CeilMode = true)]
    internal sealed partial class MaxPool2d_06;

    [Network(InputGradients = true), Input(6, 13, 14), MaxPool2d(5, Stride = 1, CeilMode = true)]
    internal sealed partial class MaxPool2d_07;

    [Network(InputGradients = true), Input(37), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Activation_Softmax;
}
