namespace NetGen;

/// <summary>Images with labels, with targets or with a loss of the caller's own.</summary>
internal readonly ref struct Batch
{
    public Batch(int count, ReadOnlySpan<float> images)
    {
        Count = count;
        Images = images;
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>[count × InputLength].</summary>
    public ReadOnlySpan<float> Images { get; }

    /// <summary>[count], or empty.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>[count × OutputLength], or empty.</summary>
    public ReadOnlySpan<float> Targets { get; init; }

    /// <summary>The caller's loss, or null.</summary>
    public LossFunction? Loss { get; init; }
}

/// <summary>
/// A copy of a batch that other threads can read: spans stay on the stack of the thread that has them, and their memory may not be
/// pinned. Copying costs a few thousandths of what is done with the batch.
/// </summary>
internal sealed class BatchCopy
{
    private float[] _images = [];
    private int[] _labels = [];
    private float[] _targets = [];
    private int _count;
    private int _imageFloats;
    private int _labelCount;
    private int _targetFloats;
    private LossFunction? _loss;

    public Batch Batch => new(_count, _images.AsSpan(0, _imageFloats))
    {
        Labels = _labels.AsSpan(0, _labelCount),
        Targets = _targets.AsSpan(0, _targetFloats),
        Loss = _loss,
    };

    public void Store(in Batch batch)
    {
        _count = batch.Count;
        _loss = batch.Loss;
        _imageFloats = Store(batch.Images, ref _images);
        _labelCount = Store(batch.Labels, ref _labels);
        _targetFloats = Store(batch.Targets, ref _targets);
    }

    /// <summary>Forgets the caller's loss, which may hold on to much else.</summary>
    public void Clear() => _loss = null;

    private static int Store<T>(ReadOnlySpan<T> source, ref T[] copy)
    {
        if (copy.Length < source.Length)
        {
            copy = GC.AllocateUninitializedArray<T>(source.Length);
        }

        source.CopyTo(copy);
        return source.Length;
    }
}
