using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>The outputs of a network's layers for one input, in the order of their declaration, which is the order of execution.</summary>
public sealed class ActivationSet : IReadOnlyList<Activation>
{
    private readonly Activation[] _activations;
    private readonly Dictionary<string, Activation> _byName;

    internal ActivationSet(Activation[] activations)
    {
        _activations = activations;
        _byName = activations.ToDictionary(activation => activation.Name, StringComparer.Ordinal);
        Names = Array.ConvertAll(activations, activation => activation.Name).AsReadOnly();
    }

    /// <summary>The layers' names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of layers.</summary>
    public int Count => _activations.Length;

    /// <summary>The output of the layer at a position.</summary>
    /// <param name="index">Position from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public Activation this[int index] => (uint)index < (uint)_activations.Length
        ? _activations[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} layers: the index goes from 0 to {Count - 1}.");

    /// <summary>The output of the layer of a name.</summary>
    /// <param name="name">The name, such as <c>conv1</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public Activation this[string name] => TryGet(name, out Activation? activation)
        ? activation
        : throw new KeyNotFoundException($"There is no layer '{name}'. The layers are {string.Join(", ", Names)}.");

    /// <summary>Looks the output of a layer up by name.</summary>
    /// <param name="name">The name, such as <c>conv1</c>.</param>
    /// <param name="activation">The output, if there is such a layer.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Activation? activation) => _byName.TryGetValue(name, out activation);

    /// <summary>Enumerates the outputs in order.</summary>
    public IEnumerator<Activation> GetEnumerator() => ((IEnumerable<Activation>)_activations).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
