namespace NetGen;

/// <summary>The shape of one image, feature map or vector: channels × height × width, without the batch.</summary>
/// <param name="Channels">Number of channels; of a vector its length.</param>
/// <param name="Height">Rows of each channel; 1 for a vector.</param>
/// <param name="Width">Columns of each channel; 1 for a vector.</param>
public readonly record struct TensorShape(int Channels, int Height, int Width)
{
    /// <summary>The shape of a vector.</summary>
    /// <param name="length">Number of values.</param>
    public TensorShape(int length)
        : this(length, 1, 1)
    {
    }

    /// <summary>Whether height and width are both 1.</summary>
    public bool IsVector => Height == 1 && Width == 1;

    /// <summary>Number of values: channels · height · width.</summary>
    /// <exception cref="OverflowException">The product is beyond <see cref="int.MaxValue"/>.</exception>
    public int Length => checked(Channels * Height * Width);

    /// <summary>The shape as text: <c>1×28×28</c>, and for a vector its length: <c>10</c>.</summary>
    public override string ToString() => IsVector ? $"{Channels}" : $"{Channels}×{Height}×{Width}";
}
