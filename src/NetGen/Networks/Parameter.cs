using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// One named tensor of a network, such as <c>conv1.weight</c>, or the gradient of one. Values are copied in and out in PyTorch's
/// layout (row-major; convolutions [out, in / groups, height, width], Linear [out, in]); inside they lie as the kernels want them.
/// </summary>
public sealed class Parameter
{
    private readonly ParameterLayout _layout;
    private readonly ParameterStorage _storage;

    internal Parameter(ParameterLayout layout, ParameterStorage storage)
    {
        _layout = layout;
        _storage = storage;
    }

    /// <summary>The name, as PyTorch's <c>state_dict</c> would have it: <c>conv1.weight</c>.</summary>
    public string Name => _layout.Name;

    /// <summary>The extents, outermost first: <c>[6, 1, 5, 5]</c>.</summary>
    public ImmutableArray<int> Shape => ImmutableCollectionsMarshal.AsImmutableArray(_layout.Shape);

    /// <summary>Number of values: the product of <see cref="Shape"/>.</summary>
    public int Length => _layout.Length;

    /// <summary>Copies the values out, row-major.</summary>
    /// <param name="destination">Receives <see cref="Length"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Length)
        {
            throw new ArgumentException(
                $"{this} has {Length} values; the destination has {destination.Length}. Pass a span of Length values.", nameof(destination));
        }

        _layout.CopyTo(_storage.Buffer.Span, 0, destination);
    }

    /// <summary>Copies values in, row-major. It may not overlap a prediction or a training step of the same network.</summary>
    /// <param name="source"><see cref="Length"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        if (source.Length != Length)
        {
            throw new ArgumentException(
                $"{this} takes {Length} values; the source has {source.Length}. Pass a span of Length values.", nameof(source));
        }

        _layout.CopyFrom(_storage.Buffer.Span, 0, source);
        _storage.MarkChanged();
    }

    /// <summary>The values in a new array, row-major.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Length];
        CopyTo(values);
        return values;
    }

    /// <summary>Name and shape: <c>conv1.weight [6, 1, 5, 5]</c>.</summary>
    public override string ToString() => _layout.ToString();
}
