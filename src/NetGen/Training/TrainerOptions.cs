namespace NetGen;

/// <summary>How a <see cref="Trainer{TNetwork}"/> works.</summary>
public sealed class TrainerOptions
{
    /// <summary>Images a step in <see cref="Trainer{TNetwork}.Fit"/>; the last batch of an epoch takes what is left. 64 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int BatchSize
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"BatchSize is {value}; it must be at least 1.");
    } = 64;

    /// <summary>Decides the order of the images in every epoch, and dropout. 0 by default.</summary>
    public int Seed { get; init; }

    /// <summary>Whether every epoch has an order of its own; otherwise the dataset's. True by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Threads that work at once, the calling one included; 1 by default. The results have the same bits whatever the number.
    /// </summary>
    /// <remarks>
    /// Gradients are computed on at most as many threads as the network has gradient buffers: 8 up to about 2 million parameters,
    /// 4 up to 4 million, 2 up to 8 million, and 1 above, where more buffers would take more memory traffic than the threads save. The
    /// optimizer and evaluation use all threads.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int DegreeOfParallelism
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(DegreeOfParallelism), value, $"DegreeOfParallelism is {value}; it must be at least 1, which means no other threads.");
    } = 1;

    /// <summary>Factor of the optimizer's learning rate for every step; by default the rate stays as it is.</summary>
    public LearningRateSchedule? Schedule { get; init; }
}
