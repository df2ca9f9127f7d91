using System.Globalization;

namespace NetGen;

/// <summary>What came of one epoch.</summary>
public sealed record EpochResult
{
    /// <summary>The epoch's number, from 1, counted over all calls of <see cref="Trainer{TNetwork}.Fit"/> of the trainer.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss of the epoch's images, each before the step it took part in.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Fraction of the epoch's images classified rightly, each before the step it took part in; NaN where there are no classes.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Mean loss of the test set after the epoch, or null without one.</summary>
    public double? TestLoss { get; init; }

    /// <summary>Fraction of the test set classified rightly after the epoch; null without one, NaN where there are no classes.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Training speed, without the test.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Time that training took, without the test.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The result in one line: <c>epoch 1: loss 0.3104, accuracy 0.9055, test accuracy 0.9671, 31250 images/s, 1.9 s</c>.</summary>
    public override string ToString()
    {
        string accuracy = double.IsNaN(TrainAccuracy) ? "" : Text($", accuracy {TrainAccuracy:F4}");
        string test = TestAccuracy is double value && !double.IsNaN(value) ? Text($", test accuracy {value:F4}")
            : TestLoss is double loss ? Text($", test loss {loss:G5}")
            : "";
        return Text($"epoch {Epoch}: loss {TrainLoss:G5}{accuracy}{test}, {ImagesPerSecond:F0} images/s, {Elapsed.TotalSeconds:F1} s");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
