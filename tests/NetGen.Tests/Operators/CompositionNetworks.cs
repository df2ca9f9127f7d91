namespace NetGen.Tests.Operators;

/// <summary>Networks with convolutions and matrix products around pools, each in one piece and in two.</summary>
internal static partial class CompositionNetworks
{
    [Network(InputGradients = true), Input(2, 14, 22), Conv2d(6, 3), ReLU, MaxPool2d(2), Conv2d(4, 3), ReLU]
    internal sealed partial class Planes;

    [Network(InputGradients = true), Input(2, 14, 22), Conv2d(6, 3), ReLU, MaxPool2d(2)]
    internal sealed partial class PlanesBefore;

    [Network(InputGradients = true), Input(6, 6, 10), Conv2d(4, 3), ReLU]
    internal sealed partial class PlanesAfter;

    [Network(InputGradients = true), Input(3, 9, 9)]
    [Conv2d(20, 3), ReLU, MaxPool2d(3, Stride = 2), Conv2d(21, 2), GlobalAvgPool2d, Linear(7)]
    internal sealed partial class Blocks;

    [Network(InputGradients = true), Input(3, 9, 9), Conv2d(20, 3), ReLU, MaxPool2d(3, Stride = 2)]
    internal sealed partial class BlocksBefore;

    [Network(InputGradients = true), Input(20, 3, 3), Conv2d(21, 2), GlobalAvgPool2d, Linear(7)]
    internal sealed partial class BlocksAfter;

    [Network(InputGradients = true), Input(20, 8, 8)]
    [Conv2d(20, 3, Groups = 20), AvgPool2d(3, Stride = 1, Padding = 1), Conv2d(18, 1), Tanh]
    internal sealed partial class Depthwise;

    [Network(InputGradients = true), Input(20, 8, 8), Conv2d(20, 3, Groups = 20), AvgPool2d(3, Stride = 1, Padding = 1)]
    internal sealed partial class DepthwiseBefore;

    [Network(InputGradients = true), Input(20, 6, 6), Conv2d(18, 1), Tanh]
    internal sealed partial class DepthwiseAfter;

    [Network(InputGradients = true), Input(3, 7, 7), Conv2d(35, 3), Sigmoid, AvgPool2d(5), Linear(9), ReLU]
    internal sealed partial class OnePixel;

    [Network(InputGradients = true), Input(3, 7, 7), Conv2d(35, 3), Sigmoid, AvgPool2d(5)]
    internal sealed partial class OnePixelBefore;

    [Network(InputGradients = true), Input(35, 1, 1), Linear(9), ReLU]
    internal sealed partial class OnePixelAfter;

    [Network(InputGradients = true), Input(3, 4, 4), Conv2d(20, 4), Tanh, Linear(9)]
    internal sealed partial class ConvolutionToOnePixel;

    [Network(InputGradients = true), Input(3, 4, 4), Conv2d(20, 4), Tanh]
    internal sealed partial class ConvolutionToOnePixelBefore;

    [Network(InputGradients = true), Input(20, 1, 1), Linear(9)]
    internal sealed partial class ConvolutionToOnePixelAfter;

    [Network(InputGradients = true), Input(12), Linear(21), Softmax, Linear(5)]
    internal sealed partial class Attention;

    [Network(InputGradients = true), Input(12), Linear(21), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class AttentionBefore;

    [Network(InputGradients = true), Input(21), Linear(5)]
    internal sealed partial class AttentionAfter;

    [Network(InputGradients = true), Input(3, 6, 6), Conv2d(21, 3), Softmax, Conv2d(5, 1)]
    internal sealed partial class Segmentation;

    [Network(InputGradients = true), Input(3, 6, 6), Conv2d(21, 3), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class SegmentationBefore;

    [Network(InputGradients = true), Input(21, 4, 4), Conv2d(5, 1)]
    internal sealed partial class SegmentationAfter;
}
