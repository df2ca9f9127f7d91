namespace NetGen.Generator.Graph;

/// <summary>The shape of one image's value: a feature map of channels × height × width, or a vector of features.</summary>
internal readonly record struct TensorShape(int Channels, int Height, int Width, bool IsVector)
{
    public TensorShape(int channels, int height, int width)
        : this(channels, height, width, IsVector: false)
    {
    }

    public static TensorShape Vector(int length) => new(length, 1, 1, IsVector: true);

    public long Length => (long)Channels * Height * Width;

    public override string ToString() => IsVector ? $"{Channels}" : $"{Channels}×{Height}×{Width}";
}
