using System.Globalization;

namespace NetGen;

/// <summary>How a network does on a dataset.</summary>
public sealed record EvaluationResult
{
    /// <summary>Number of images.</summary>
    public required int Count { get; init; }

    /// <summary>Mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Fraction of the images classified rightly; NaN where there are no classes.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The result in one line: <c>loss 0.1042, accuracy 0.9671 of 10000 images</c>.</summary>
    public override string ToString() => double.IsNaN(Accuracy)
        ? string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G5}, {Count} images")
        : string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G5}, accuracy {Accuracy:F4} of {Count} images");
}
