using System.Collections;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The named tensors of a network, or their gradients, in the order of PyTorch's <c>state_dict</c>.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Parameter> _byName;

    internal ParameterSet(ParameterLayout[] layouts, ParameterStorage storage)
    {
        string[] names = new string[layouts.Length];
        _parameters = new Parameter[layouts.Length];
        _byName = new Dictionary<string, Parameter>(layouts.Length, StringComparer.Ordinal);
        for (int i = 0; i < layouts.Length; i++)
        {
            names[i] = layouts[i].Name;
            _parameters[i] = new Parameter(layouts[i], storage);
            _byName.Add(names[i], _parameters[i]);
        }

        Names = names.AsReadOnly();
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of tensors.</summary>
    public int Count => _parameters.Length;

    /// <summary>The tensor at a position.</summary>
    /// <param name="index">Position from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public Parameter this[int index] => (uint)index < (uint)_parameters.Length
        ? _parameters[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} parameters: the index goes from 0 to {Count - 1}.");

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">The name, such as <c>conv1.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public Parameter this[string name] => TryGet(name, out Parameter? parameter)
        ? parameter
        : throw new KeyNotFoundException($"There is no parameter '{name}'. The parameters are {string.Join(", ", Names)}.");

    /// <summary>Looks a tensor up by name.</summary>
    /// <param name="name">The name, such as <c>conv1.weight</c>.</param>
    /// <param name="parameter">The tensor, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Parameter? parameter) =>
        _byName.TryGetValue(name, out parameter);

    /// <summary>Enumerates the tensors in order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
