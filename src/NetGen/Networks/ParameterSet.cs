using System.Collections;
using System.Collections.ObjectModel;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The named tensors of a network, or their gradients, in the order of PyTorch's <c>state_dict</c>.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly ParameterLayout[] _layouts;
    private readonly ParameterStorage _storage;
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Parameter> _byName;

    internal ParameterSet(ParameterLayout[] layouts, ParameterStorage storage)
    {
        _layouts = layouts;
        _storage = storage;
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

    /// <summary>
    /// Takes from a safetensors file the tensors of F32, F16, BF16 or F64 that have a name and shape of these, and leaves the others as they are:
    /// a network whose last layers are its own starts from the weights of one that was trained on something else. If that fails all keep the
    /// values they had. It may not overlap a prediction, a training step or another write to the parameters of the same network.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The names of those that the file has not, or has in another shape or type, in order.</returns>
    /// <exception cref="WeightsFormatException">The file is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The file has no tensor of such a name, shape and type.</exception>
    public IReadOnlyList<string> LoadMatching(string path)
    {
        using FileStream stream = InputStream.Open(path);
        return LoadMatching(stream, path);
    }

    /// <summary>The same of a stream, read to its end; it need not be seekable and stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The names of those that the stream has not, or has in another shape or type, in order.</returns>
    /// <exception cref="ArgumentException"><paramref name="stream"/> can't be read.</exception>
    /// <exception cref="WeightsFormatException">The stream is not well-formed safetensors.</exception>
    /// <exception cref="WeightsMismatchException">The stream has no tensor of such a name, shape and type.</exception>
    public IReadOnlyList<string> LoadMatching(Stream stream)
    {
        InputStream.CheckReadable(stream);
        return LoadMatching(stream, "stream");
    }

    /// <summary>Enumerates the tensors in order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlyCollection<string> LoadMatching(Stream stream, string source)
    {
        // A trainer may hold the block, which is written once all has been read.
        AlignedBuffer current = _storage.Buffer;
        (AlignedBuffer block, string[] left) = NetworkWeights.ReadMatching(stream, source, _layouts, current);
        block.Span.CopyTo(current.Span);
        _storage.MarkChanged();
        return left.AsReadOnly();
    }
}
