namespace NetGen;

/// <summary>Some of a dataset's samples, in an order of its own.</summary>
/// <param name="source">The dataset.</param>
/// <param name="indices">The samples' places there; all valid, and this object's own.</param>
internal sealed class SubsetDataset(Dataset source, int[] indices) : Dataset
{
    public override int Count => indices.Length;

    public override TensorShape InputShape => source.InputShape;

    public override int ClassCount => source.ClassCount;

    public override int TargetLength => source.TargetLength;

    public override void CopyInput(int index, Span<float> destination)
    {
        CheckIndex(index);
        source.CopyInput(indices[index], destination);
    }

    public override int GetLabel(int index)
    {
        CheckIndex(index);
        return source.GetLabel(indices[index]);
    }

    public override void CopyTarget(int index, Span<float> destination)
    {
        CheckIndex(index);
        source.CopyTarget(indices[index], destination);
    }
}
