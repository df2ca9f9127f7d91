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
    // Apart from the streams of initial values, of epochs (from 2⁴⁰) and of dropout (2⁴¹), which usually share the seed.
    private const ulong SplitStream = 1UL << 42;

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

    /// <summary>A view of some of the samples, in the order given; it copies no inputs.</summary>
    /// <param name="indices">Samples of this dataset, each 0 … <see cref="Count"/> − 1; one may occur more than once. Copied.</param>
    /// <exception cref="ArgumentException">There are no indices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is no sample.</exception>
    public Dataset Subset(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        int[] chosen = [.. indices];
        if (chosen.Length == 0)
            throw new ArgumentException("A subset needs at least one sample; there are no indices.", nameof(indices));
        for (int i = 0; i < chosen.Length; i++)
            if ((uint)chosen[i] >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), chosen[i],
                    $"Index {i} of the subset is {chosen[i]}; the dataset has {Count} samples, 0 to {Count - 1}.");
        return new SubsetDataset(this, chosen);
    }

    /// <summary>Deals the samples at random into two views without a common sample, as for training and validation.</summary>
    /// <param name="count">Samples of the first view, 1 … <see cref="Count"/> − 1; the second has the others.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">A view would be empty.</exception>
    public (Dataset First, Dataset Second) Split(int count, int seed = 0)
    {
        if (count < 1 || count >= Count)
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"{count} of {Count} samples cannot be split off; both parts need at least one, so 1 to {Count - 1}.");
        int[] order = RandomStream.Permutation(Count, seed, SplitStream);
        return (new SubsetDataset(this, order[..count]), new SubsetDataset(this, order[count..]));
    }

    /// <summary>Deals the samples at random into two views without a common sample, as for training and validation.</summary>
    /// <param name="fraction">The first view's part of the samples, between 0 and 1; the number is rounded.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or a view would be empty.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, int seed = 0)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1, such as 0.9.");
        return Split((int)Math.Round(fraction * Count), seed);
    }

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
