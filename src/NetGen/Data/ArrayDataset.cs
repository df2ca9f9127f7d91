namespace NetGen;

/// <summary>A dataset over arrays in memory, with labels or with float targets. It keeps the arrays and does not copy them.</summary>
public sealed class ArrayDataset : Dataset
{
    private readonly float[] _inputs;
    private readonly int[]? _labels;
    private readonly float[]? _targets;
    private readonly int _inputLength;

    /// <summary>Samples with class labels.</summary>
    /// <param name="inputShape">The shape of an input.</param>
    /// <param name="inputs">Input after input, each channel-major (C, H, W).</param>
    /// <param name="labels">A label for each input, 0 … <paramref name="classCount"/> − 1.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <exception cref="ArgumentException">Inputs, labels and shape do not fit together, or a label is out of range.</exception>
    public ArrayDataset(TensorShape inputShape, float[] inputs, int[] labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        SampleChecks.Shape(inputShape);
        Count = SampleChecks.Lengths(inputShape.Length, inputs.Length, "input values", labels.Length, 1, "labels");
        SampleChecks.Labels(labels, classCount);
        InputShape = inputShape;
        ClassCount = classCount;
        _inputs = inputs;
        _inputLength = inputShape.Length;
        _labels = labels;
    }

    /// <summary>Samples with float targets.</summary>
    /// <param name="inputShape">The shape of an input.</param>
    /// <param name="inputs">Input after input, each channel-major (C, H, W).</param>
    /// <param name="targets">Targets of each input, sample after sample.</param>
    /// <param name="targetLength">The number of targets of a sample.</param>
    /// <exception cref="ArgumentException">Inputs, targets and shape do not fit together.</exception>
    public ArrayDataset(TensorShape inputShape, float[] inputs, float[] targets, int targetLength)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetLength);
        SampleChecks.Shape(inputShape);
        Count = SampleChecks.Lengths(inputShape.Length, inputs.Length, "input values", targets.Length, targetLength, "target values");
        InputShape = inputShape;
        TargetLength = targetLength;
        _inputs = inputs;
        _inputLength = inputShape.Length;
        _targets = targets;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override TensorShape InputShape { get; }

    /// <inheritdoc/>
    public override int ClassCount { get; }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <inheritdoc/>
    public override void CopyInput(int index, Span<float> destination)
    {
        CheckCopyInput(index, destination);
        _inputs.AsSpan(index * _inputLength, _inputLength).CopyTo(destination);
    }

    /// <inheritdoc/>
    public override int GetLabel(int index)
    {
        if (_labels is null) throw NoLabels();
        CheckIndex(index);
        return _labels[index];
    }

    /// <inheritdoc/>
    public override void CopyTarget(int index, Span<float> destination)
    {
        if (_targets is null) throw NoTargets();
        CheckIndex(index);
        if (destination.Length != TargetLength)
            throw new ArgumentException(
                $"A sample of this dataset has {TargetLength} targets; the destination has {destination.Length} values.", nameof(destination));
        _targets.AsSpan(index * TargetLength, TargetLength).CopyTo(destination);
    }
}
