namespace NetGen.Tests.Operators;

/// <summary>
/// Logarithms of softmax: of vectors that registers hold and of longer ones, and over the channels of maps in planes and in blocks with and
/// without holes. The loss does not take it in, so that training computes it.
/// </summary>
internal static partial class LogSoftmaxNetworks
{
    [Network(InputGradients = true), Input(10), LogSoftmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of10;

    [Network(InputGradients = true), Input(100), LogSoftmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Of100;

    // Flattened where they lie: the order of the elements is the layout's.
    [Network(InputGradients = true), Input(16, 3, 5), Flatten, LogSoftmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class OfFlattenedBlocks;

    // Over the channels at each position.
    [Network(InputGradients = true), Input(3, 4, 37), LogSoftmax, Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over3WidePlanes;

    [Network(InputGradients = true), Input(45, 2, 3), LogSoftmax, MaxPool2d(2), Loss(Loss.MeanSquaredError)]
    internal sealed partial class Over45Channels;
}

/// <summary>Classifiers whose training stops at the scores before their last layer.</summary>
internal static partial class Classifiers
{
    [Network, Input(6), Linear(4), Softmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1)]
    internal sealed partial class OfProbabilities;

    [Network, Input(6), Linear(4), LogSoftmax, Loss(Loss.CrossEntropy, LabelSmoothing = 0.1)]
    internal sealed partial class OfLogarithms;
}
