namespace NetGen;

/// <summary>Where <see cref="Trainer{TNetwork}.Fit"/> stands after a step.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of the last epoch to come.</summary>
    public required int LastEpoch { get; init; }

    /// <summary>The batch's number in the epoch, from 1.</summary>
    public required int Batch { get; init; }

    /// <summary>Number of batches in the epoch.</summary>
    public required int BatchCount { get; init; }

    /// <summary>Mean loss of the epoch's images so far.</summary>
    public required double Loss { get; init; }

    /// <summary>Fraction of the epoch's images so far that were classified rightly; NaN where there are no classes.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Training speed in this epoch so far.</summary>
    public required double ImagesPerSecond { get; init; }
}
