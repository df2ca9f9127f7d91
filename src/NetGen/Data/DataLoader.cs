namespace NetGen;

/// <summary>
/// Walks a dataset in batches: gathers inputs and labels (or float targets) into memory it owns, in an order that depends only on the
/// seed and the epoch. Nothing is allocated once the loader is built.
/// </summary>
/// <remarks>
/// Either by hand (<see cref="BeginEpoch"/>, then <see cref="MoveNext"/> until it returns <see langword="false"/>) or with
/// <c>foreach</c>, each of which walks the epoch after the last one begun. The spans are overwritten by the next batch.
/// A loader serves one loop at a time; the dataset behind it may be shared.
/// </remarks>
public sealed class DataLoader
{
    // A seed's low streams initialise parameters; training and its data usually share the seed.
    private const ulong FirstEpochStream = 1UL << 40;

    private readonly bool _shuffle;
    private readonly int _seed;
    private readonly int _sampleCount, _inputLength, _targetLength, _classCount;
    private readonly int[] _order;
    private readonly float[] _inputs, _targets;
    private readonly int[] _labels;
    private int _epoch = -1;
    private int _start, _next, _batch;

    /// <summary>Creates a loader and all the memory it needs.</summary>
    /// <param name="dataset">Where the samples come from.</param>
    /// <param name="batchSize">Samples a batch; the last batch of an epoch holds what is left.</param>
    /// <param name="seed">Decides the order of every epoch, together with the epoch's number.</param>
    /// <param name="shuffle"><see langword="false"/> keeps the dataset's order.</param>
    /// <param name="dropLast"><see langword="true"/> leaves out a last batch with fewer than <paramref name="batchSize"/> samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> is not positive, or one batch would exceed an array.
    /// </exception>
    /// <exception cref="ArgumentException">The dataset is empty, or <paramref name="dropLast"/> would leave no batch at all.</exception>
    public DataLoader(Dataset dataset, int batchSize, int seed = 0, bool shuffle = true, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        _sampleCount = dataset.Count;
        if (_sampleCount == 0)
            throw new ArgumentException("The dataset has no samples; there is nothing to load.", nameof(dataset));
        if (dropLast && batchSize > _sampleCount)
            throw new ArgumentException(
                $"dropLast leaves no batch: the dataset has {_sampleCount} samples and the batch size is {batchSize}. " +
                "Use a smaller batch size or dropLast: false.", nameof(dropLast));

        Dataset = dataset;
        BatchSize = batchSize;
        _shuffle = shuffle;
        _seed = seed;
        _inputLength = dataset.InputShape.Length;
        _targetLength = dataset.TargetLength;
        _classCount = dataset.ClassCount;
        BatchCount = _sampleCount / batchSize + (dropLast || _sampleCount % batchSize == 0 ? 0 : 1);

        int capacity = Math.Min(batchSize, _sampleCount);
        if ((long)capacity * Math.Max(_inputLength, _targetLength) > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize,
                $"A batch of {capacity} samples with {_inputLength} values each does not fit one array; use a smaller batch size.");
        _inputs = new float[capacity * _inputLength];
        _targets = new float[capacity * _targetLength];
        _labels = new int[_classCount > 0 ? capacity : 0];
        _order = new int[_sampleCount];
        _next = BatchCount;
    }

    /// <summary>The dataset the batches come from.</summary>
    public Dataset Dataset { get; }

    /// <summary>Samples in every batch but perhaps the last.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>Samples in the current batch; zero before the first and after the last.</summary>
    public int Count => _batch;

    /// <summary>The inputs of the current batch, <see cref="Count"/> × input length, sample after sample.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.AsSpan(0, _batch * _inputLength);

    /// <summary>The labels of the current batch, <see cref="Count"/> of them; empty if the dataset has float targets.</summary>
    public ReadOnlySpan<int> Labels => _classCount > 0 ? _labels.AsSpan(0, _batch) : default;

    /// <summary>The float targets of the current batch, <see cref="Count"/> × target length; empty if the dataset has labels.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, _batch * _targetLength);

    /// <summary>The places in the dataset of the current batch's samples.</summary>
    public ReadOnlySpan<int> Indices => _order.AsSpan(_start, _batch);

    /// <summary>Starts an epoch before its first batch.</summary>
    /// <param name="epoch">The epoch's number, from zero; the same number gives the same order again.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative.</exception>
    public void BeginEpoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        _epoch = epoch;
        _next = _start = _batch = 0;

        // Every epoch starts from the dataset's order, so that epoch 7 can be repeated without walking epochs 0 to 6.
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        if (!_shuffle) return;
        new RandomStream(_seed, FirstEpochStream + (ulong)epoch).Shuffle(_order);
    }

    /// <summary>Gathers the next batch of the epoch.</summary>
    /// <returns><see langword="false"/> once the epoch is over.</returns>
    /// <exception cref="InvalidOperationException">No epoch was begun, or the dataset returned a label outside its classes.</exception>
    public bool MoveNext()
    {
        if (_epoch < 0)
            throw new InvalidOperationException("No epoch has been begun; call BeginEpoch first.");
        _batch = 0;
        if (_next >= BatchCount) return false;

        _start = _next * BatchSize;
        int count = Math.Min(BatchSize, _sampleCount - _start);
        for (int i = 0; i < count; i++)
        {
            int index = _order[_start + i];
            Dataset.CopyInput(index, _inputs.AsSpan(i * _inputLength, _inputLength));
            if (_classCount > 0)
                _labels[i] = CheckedLabel(index);
            else
                Dataset.CopyTarget(index, _targets.AsSpan(i * _targetLength, _targetLength));
        }
        _next++;
        _batch = count;
        return true;
    }

    /// <summary>Begins the epoch after the last one begun (the first is epoch 0) and walks its batches.</summary>
    public Enumerator GetEnumerator()
    {
        BeginEpoch(_epoch + 1);
        return new Enumerator(this);
    }

    private int CheckedLabel(int index)
    {
        int label = Dataset.GetLabel(index);
        if ((uint)label >= (uint)_classCount)
            throw new InvalidOperationException(
                $"Sample {index} has the label {label}, but the dataset announces {_classCount} classes, 0 to {_classCount - 1}.");
        return label;
    }

    /// <summary>The batches of one epoch, for <c>foreach</c>.</summary>
    public readonly ref struct Enumerator
    {
        private readonly DataLoader _loader;

        internal Enumerator(DataLoader loader) => _loader = loader;

        /// <summary>The current batch.</summary>
        public Batch Current => new(_loader);

        /// <summary>Gathers the next batch.</summary>
        /// <returns><see langword="false"/> once the epoch is over.</returns>
        public bool MoveNext() => _loader.MoveNext();
    }

    /// <summary>One batch: a view of the loader's memory, valid until the next batch is gathered.</summary>
    public readonly ref struct Batch
    {
        internal Batch(DataLoader loader)
        {
            Inputs = loader.Inputs;
            Labels = loader.Labels;
            Targets = loader.Targets;
            Indices = loader.Indices;
        }

        /// <summary>Samples in this batch.</summary>
        public int Count => Indices.Length;

        /// <summary>The inputs, <see cref="Count"/> × input length, sample after sample.</summary>
        public ReadOnlySpan<float> Inputs { get; }

        /// <summary>The labels; empty if the dataset has float targets.</summary>
        public ReadOnlySpan<int> Labels { get; }

        /// <summary>The float targets, <see cref="Count"/> × target length; empty if the dataset has labels.</summary>
        public ReadOnlySpan<float> Targets { get; }

        /// <summary>The samples' places in the dataset.</summary>
        public ReadOnlySpan<int> Indices { get; }
    }
}
