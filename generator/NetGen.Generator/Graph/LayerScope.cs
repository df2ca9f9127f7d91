using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>The layers so far that those of a network, or of one copy of a block, can refer to by name.</summary>
internal sealed class LayerScope
{
    /// <summary>The name of the input of the network or the block, unless a layer has it.</summary>
    private const string InputName = "input";

    private const int MostShown = 8;

    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, int> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inner = new(StringComparer.Ordinal);
    private readonly List<string> _hidden = new();

    /// <param name="block">The block; null for a network.</param>
    /// <param name="prefix">What stands before the names of its layers.</param>
    /// <param name="attribute">The attribute of the network that all of it comes from; null where each layer has its own.</param>
    /// <param name="parameters">The values of the block's parameters.</param>
    /// <param name="names">The names of its layers and uses in their order; empty for what has none.</param>
    /// <param name="input">Where its input comes from.</param>
    public LayerScope(
        BlockSpec? block, string prefix, int? attribute, IReadOnlyDictionary<string, int> parameters, IReadOnlyList<string> names, int input)
    {
        Block = block;
        Prefix = prefix;
        Attribute = attribute;
        Parameters = parameters;
        _names = names;
        Current = input;
        if (!names.Contains(InputName))
        {
            _results[InputName] = input;
        }
    }

    public BlockSpec? Block { get; }

    public string Prefix { get; }

    public int? Attribute { get; }

    public IReadOnlyDictionary<string, int> Parameters { get; }

    /// <summary>What the next layer reads.</summary>
    public int Current { get; private set; }

    /// <summary>What messages say after the name of a layer in here.</summary>
    public string Suffix => Attribute is null || Block is null ? "" : $" in block {Block.Name}";

    /// <summary>Goes on from the result of a layer, a copy of a block or a whole use, which may have no name.</summary>
    public void Add(string name, int place)
    {
        Current = place;
        if (name.Length > 0)
        {
            _results[name] = place;
        }
    }

    /// <summary>Makes the layers of a copy known by its prefix.</summary>
    public void AddInner(string prefix, LayerScope copy)
    {
        foreach (KeyValuePair<string, int> result in copy._results.Where(result => result.Key != InputName || copy._names.Contains(InputName)).Concat(copy._inner))
        {
            _inner[Join(prefix, result.Key)] = result.Value;
        }
    }

    /// <summary>Takes names below a prefix as those of layers that are not known here.</summary>
    public void Hide(string prefix) => _hidden.Add(prefix);

    /// <summary>The place that a layer names.</summary>
    public LayerReference Resolve(string name, int layer)
    {
        if (_results.TryGetValue(name, out int place) || _inner.TryGetValue(name, out place))
        {
            return new LayerReference(place);
        }

        int later = _names.ToList().IndexOf(name);
        if (later >= 0 && name.Length > 0)
        {
            return LayerReference.Wrong(DiagnosticIds.ForwardReference, name, later == layer ? "is its own result" : "comes after it");
        }

        return _hidden.Any(prefix => prefix.Length == 0 || name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal))
            ? new LayerReference(LayerReference.Hidden)
            : LayerReference.Wrong(DiagnosticIds.UnknownReference, LayerNames.Shorten(name), Known(name));
    }

    /// <summary>A prefix, which may be empty, and a name below it.</summary>
    public static string Join(string prefix, string name) =>
        prefix.Length == 0 ? name : name.Length == 0 ? prefix : $"{prefix}.{name}";

    /// <summary>The names to choose from: those in the block that a name points into, else those of this scope.</summary>
    private string Known(string name)
    {
        string block = name.Substring(0, name.LastIndexOf('.') + 1);
        string[] inside = block.Length > 1 ? _inner.Keys.Where(inner => inner.StartsWith(block, StringComparison.Ordinal)).ToArray() : [];
        ICollection<string> names = inside.Length > 0 ? inside : _results.Keys;
        List<string> known = names.Reverse().Take(MostShown).Reverse().Select(known => $"'{known}'").ToList();
        return (known.Count < names.Count ? "…, " : "") + string.Join(", ", known);
    }
}
