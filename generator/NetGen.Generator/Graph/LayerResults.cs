using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>The results of the layers so far by name, for <c>From</c> and for joins.</summary>
/// <param name="names">The names of all layers, in their order; empty for what is no layer.</param>
internal sealed class LayerResults(IReadOnlyList<string> names)
{
    /// <summary>The name of the network's input, unless a layer has it.</summary>
    private const string Input = "input";

    private const int MostShown = 8;

    private readonly Dictionary<string, Value?> _results = new(StringComparer.Ordinal);

    public void AddInput(Value? value)
    {
        if (!names.Contains(Input))
        {
            _results[Input] = value;
        }
    }

    /// <param name="value">Null where a mistake hides it.</param>
    public void Add(string name, Value? value) => _results[name] = value;

    /// <summary>The name of a value as messages have it.</summary>
    public string NameOf(Value value) => _results.FirstOrDefault(result => ReferenceEquals(result.Value, value)).Key ?? Input;

    /// <summary>The result of the layer of a name; null where there is none yet, which is reported, or where a mistake hides it.</summary>
    public Value? Find(string name, int layer, LayerProblems problems)
    {
        if (_results.TryGetValue(name, out Value? value))
        {
            return value;
        }

        int place = names.ToList().IndexOf(name);
        if (place >= 0 && name.Length > 0)
        {
            problems.Error(DiagnosticIds.ForwardReference, name, place == layer ? "is its own result" : "comes after it");
        }
        else
        {
            problems.Error(DiagnosticIds.UnknownReference, LayerNames.Shorten(name), Known());
        }

        return null;
    }

    private string Known()
    {
        List<string> known = _results.Keys.Reverse().Take(MostShown).Reverse().Select(name => $"'{name}'").ToList();
        return (known.Count < _results.Count ? "…, " : "") + string.Join(", ", known);
    }
}
