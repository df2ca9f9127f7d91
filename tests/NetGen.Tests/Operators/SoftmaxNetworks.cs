namespace NetGen.Tests.Operators;

/// <summary>
/// Softmax of vectors shorter and longer than a machine's, and over the channels of maps in planes and in blocks with and without holes.
/// The loss does not take it in, so that training computes it.
/// </summary>
internal static partial class SoftmaxNetworks
{
    [Network(InputGradients = true), Input(1), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of1;

    [Network(InputGradients = true), Input(3), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of3;

    [Network(InputGradients = true), Input(10), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of10;

    [Network(InputGradients = true), Input(16), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of16;

    [Network(InputGradients = true), Input(17), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of17;

    [Network(InputGradients = true), Input(47), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of47;

    [Network(InputGradients = true), Input(100), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of100;

    [Network(InputGradients = true), Input(1000), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of1000;

    // Flattened where they lie: the order of the elements is the layout's.
    [Network(InputGradients = true), Input(16, 3, 5), Flatten, Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OfFlattenedBlocks;

    [Network(InputGradients = true), Input(3, 2, 16), Flatten, Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OfFlattenedPlanes;

    [Network(InputGradients = true), Input(5, 2, 3), Flatten, Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OfCopiedPlanes;

    [Network(InputGradients = true), Input(21, 4, 4), GlobalAvgPool2d, Flatten, Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OfFlattenedMeans;

    // Over the channels at each position.
    [Network(InputGradients = true), Input(1, 3, 5), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over1Plane;

    [Network(InputGradients = true), Input(5, 4, 7), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over5Planes;

    [Network(InputGradients = true), Input(3, 4, 37), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over3WidePlanes;

    [Network(InputGradients = true), Input(16, 3, 3), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over16Channels;

    [Network(InputGradients = true), Input(21, 3, 3), Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over21Channels;

    [Network(InputGradients = true), Input(45, 2, 3), Softmax, MaxPool2d(2), Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over45Channels;

    [Network(InputGradients = true), Input(64, 2, 3), Softmax, AvgPool2d(2), Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over64Channels;

    [Network(InputGradients = true), Input(21, 4, 4), GlobalAvgPool2d, Softmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OverMeans;
}
