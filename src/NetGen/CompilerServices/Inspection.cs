using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Collects the outputs of a network's layers, for emitted code. Layers are named by their place in the order of declaration. The output that
/// a step leaves in memory is copied at once, since a later step may take that memory. What a step never leaves there, since it also does what
/// the next layer does, is computed from the outputs before it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class Inspection
{
    /// <summary>The network's input, where a layer is named that another one reads.</summary>
    public const int Input = -1;

    private readonly Dictionary<string, ParameterLayout> _parameters;
    private readonly AlignedBuffer _block;
    private readonly LayerDefinition[] _layers;
    private readonly TensorShape _inputShape;
    private readonly float[] _input;
    private readonly float[]?[] _values;

    internal Inspection(NetworkDefinition definition, AlignedBuffer parameters, ReadOnlySpan<float> input, LayerDefinition[] layers)
    {
        _parameters = definition.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        _block = parameters;
        _layers = layers;
        _inputShape = definition.InputShape;
        _input = input.ToArray();
        _values = new float[]?[layers.Length];
    }

    /// <summary>Takes the output of a layer that lies in PyTorch's order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="first">Its first element.</param>
    public void Take(int layer, ref float first) =>
        MemoryMarshal.CreateReadOnlySpan(ref first, _layers[layer].Shape.Length).CopyTo(Create(layer));

    /// <summary>Takes the output of a layer that lies in blocks of 16 channels.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="first">Its first element.</param>
    /// <param name="channels">Channels; of a flattened map, like the others, those of the map.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public void TakeBlocked(int layer, ref float first, int channels, int height, int width)
    {
        const int Block = AlignedBuffer.AlignmentFloats;
        float[] values = Create(layer);
        int pixels = height * width;
        for (int channel = 0; channel < channels; channel++)
        {
            ref float source = ref Unsafe.Add(ref first, ((nint)(channel / Block) * pixels * Block) + (channel % Block));
            Span<float> plane = values.AsSpan(channel * pixels, pixels);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = Unsafe.Add(ref source, (nint)i * Block);
            }
        }
    }

    /// <summary>Takes the output of a layer that lies in planes with gaps between the rows.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="first">Its first element.</param>
    /// <param name="channels">Channels; of a flattened map, like the others, those of the map.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rowStride">Floats between one row and the next.</param>
    public void TakePlanar(int layer, ref float first, int channels, int height, int width, int rowStride)
    {
        float[] values = Create(layer);
        for (int row = 0; row < channels * height; row++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, (nint)row * rowStride), width).CopyTo(values.AsSpan(row * width, width));
        }
    }

    /// <summary>Gives a layer that changes no element of a prediction, such as Flatten, the output of the one that it reads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What it reads.</param>
    public void Repeat(int layer, int source) => _values[layer] = ValuesOf(source);

    internal ActivationSet ToSet() => new([.. _layers.Select((layer, i) => new Activation(layer.Name, layer.Shape, ValuesOf(i)))]);

    private float[] Create(int layer) => _values[layer] = new float[_layers[layer].Shape.Length];

    private float[] ValuesOf(int layer) => layer == Input ? _input : _values[layer]
        ?? throw new InvalidOperationException($"The output of {_layers[layer].Name} is not there. Build the network again with this version of NetGen.");

    private TensorShape ShapeOf(int layer) => layer == Input ? _inputShape : _layers[layer].Shape;

    private ParameterLayout? Parameter(int layer, string name) => _parameters.GetValueOrDefault($"{_layers[layer].Name}.{name}");
}
