namespace NetGen;

/// <summary>The output of one layer for one input.</summary>
public sealed class Activation
{
    private readonly float[] _values;

    internal Activation(string name, TensorShape shape, float[] values)
    {
        Name = name;
        Shape = shape;
        _values = values;
    }

    /// <summary>The layer's name, as the layer table has it: <c>conv1</c>, <c>layer1.0.bn2</c>.</summary>
    public string Name { get; }

    /// <summary>Shape of the output: channels × height × width.</summary>
    public TensorShape Shape { get; }

    /// <summary>The output in PyTorch's order, channel by channel, row by row: <c>Shape.Length</c> values.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Name and shape: <c>conv1 6×28×28</c>.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
