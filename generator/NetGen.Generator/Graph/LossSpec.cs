namespace NetGen.Generator.Graph;

/// <summary>The training loss; the values are those of <c>NetGen.Loss</c>.</summary>
internal enum LossKind
{
    CrossEntropy = 0,
    BinaryCrossEntropy = 1,
    MeanSquaredError = 2,
    MultiClassHinge = 3,
    Huber = 4,
    L1 = 5,
}

/// <summary>The loss that a network trains with.</summary>
/// <param name="OnLogits">Whether it reads what the last Softmax, LogSoftmax or Sigmoid would: training then leaves that layer out.</param>
/// <param name="OfLogProbabilities">Whether that layer gives logarithms: a prediction is then scores like those that training stops at.</param>
internal sealed record LossSpec(LossKind Kind, double LabelSmoothing, bool OnLogits, bool OfLogProbabilities = false);
