namespace NetGen.Benchmarks;

/// <summary>Drawn digits, side by side as a trainer takes them.</summary>
internal sealed class DigitBatch
{
    public DigitBatch(int count)
    {
        ByteImageDataset digits = SyntheticDigits.Create(count, seed: 1);
        int length = digits.InputShape.Length;
        Images = new float[count * length];
        Labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            digits.CopyInput(i, Images.AsSpan(i * length, length));
            Labels[i] = digits.GetLabel(i);
        }
    }

    public float[] Images { get; }

    public int[] Labels { get; }
}
