namespace NetGen;

/// <summary>
/// A finite, ordered collection of samples: an input of a fixed shape and either an integer class label or a row of float targets.
/// </summary>
/// <remarks>
/// A dataset is either <em>labelled</em> (<see cref="ClassCount"/> &gt; 0, <see cref="TargetLength"/> = 0, <see cref="GetLabel"/> answers)
/// or has <em>float targets</em> (<see cref="ClassCount"/> = 0, <see cref="TargetLength"/> &gt; 0, <see cref="CopyTarget"/> answers).
/// Reading allocates nothing and is safe from several threads at once; implementations have to keep both promises.
/// </remarks>
public abstract class Dataset
{
    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>The shape of every input, channels × height × width, or a vector's length.</summary>
    public abstract TensorShape InputShape { get; }

    /// <summary>The number of classes; labels are 0 … <see cref="ClassCount"/> − 1. Zero: the samples carry float targets.</summary>
    public virtual int ClassCount => 0;

    /// <summary>The number of float targets of a sample. Zero: the samples carry labels.</summary>
    public virtual int TargetLength => 0;

    /// <summary>Writes one sample's input, channel-major (C, H, W), as the network is to see it.</summary>
    /// <param name="index">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Exactly <see cref="InputShape"/>'s length.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public abstract void CopyInput(int index, Span<float> destination);

    /// <summary>The class of one sample.</summary>
    /// <param name="index">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no sample.</exception>
    /// <exception cref="InvalidOperationException">The samples carry float targets.</exception>
    public virtual int GetLabel(int index) => throw NoLabels();

    /// <summary>Writes one sample's float targets.</summary>
    /// <param name="index">The sample, 0 … <see cref="Count"/> − 1.</param>
    /// <param name="destination">Exactly <see cref="TargetLength"/> values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="InvalidOperationException">The samples carry labels.</exception>
    public virtual void CopyTarget(int index, Span<float> destination) => throw NoTargets();

    private protected static InvalidOperationException NoLabels() =>
        new("The samples of this dataset carry float targets, not labels; read them with CopyTarget.");

    private protected static InvalidOperationException NoTargets() =>
        new("The samples of this dataset carry labels, not float targets; read them with GetLabel.");

    /// <summary>Checks the arguments of <see cref="CopyInput"/>, for implementations.</summary>
    /// <param name="index">The sample.</param>
    /// <param name="destination">Where its input is to go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than <see cref="InputShape"/>.</exception>
    protected void CheckCopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        if (destination.Length != InputShape.Length)
            throw new ArgumentException(
                $"A sample of this dataset takes {InputShape.Length} values ({InputShape}); the destination has {destination.Length}.",
                nameof(destination));
    }

    /// <summary>Checks the index of a sample, for implementations.</summary>
    /// <param name="index">The sample.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no sample.</exception>
    protected void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The dataset has {Count} samples, 0 to {Count - 1}.");
    }
}
