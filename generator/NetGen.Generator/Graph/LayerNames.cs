using System.Collections.Immutable;
using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>
/// Names the layers: what the user said, or the kind of layer and its number among the layers of that kind, named ones
/// counted too. The names are the stems of the parameters' names in weight files.
/// </summary>
internal static class LayerNames
{
    private const int MaxLength = 128;

    /// <summary>One name for each of <see cref="NetworkSpec.Layers"/>. After a mistake a layer has its default name.</summary>
    public static ImmutableArray<string> Assign(EquatableArray<LayerSpec> layers, ProblemList problems)
    {
        string[] names = DefaultNames(layers);
        var given = new Dictionary<string, int>();
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (names[layer].Length == 0 || new LayerArguments(layers[layer]).Text("Name") is not { } name)
            {
                continue;
            }

            if (Fault(name) is { } fault)
            {
                problems.Error(DiagnosticIds.InvalidName, layer, Shorten(name), fault);
            }
            else if (given.TryGetValue(name, out int first))
            {
                problems.Error(DiagnosticIds.DuplicateName, layer, name, Describe(layers, names, first));
            }
            else
            {
                given.Add(name, layer);
            }
        }

        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (!given.ContainsValue(layer) && given.TryGetValue(names[layer], out int clash))
            {
                problems.Error(DiagnosticIds.DuplicateName, clash, names[layer], Describe(layers, names, layer));
            }
        }

        foreach (KeyValuePair<string, int> name in given)
        {
            names[name.Value] = name.Key;
        }

        return names.ToImmutableArray();
    }

    private static string[] DefaultNames(EquatableArray<LayerSpec> layers)
    {
        var names = new string[layers.Count];
        var counts = new Dictionary<string, int>();
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (OperatorDefinition.Find(layers[layer].Operator)?.NameStem is not { } stem)
            {
                names[layer] = "";
                continue;
            }

            counts.TryGetValue(stem, out int count);
            counts[stem] = count + 1;
            names[layer] = stem + TextOf.Integer(count + 1);
        }

        return names;
    }

    /// <summary>What messages call the layer that has a name.</summary>
    public static string Describe(EquatableArray<LayerSpec> layers, string[] names, int layer) =>
        $"layer {TextOf.Integer(names.Take(layer + 1).Count(name => name.Length > 0))}, [{layers[layer].Operator}]";

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Fault(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Length > MaxLength)
        {
            return $"it is longer than {MaxLength} characters";
        }

        foreach (char c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.'))
            {
                return c < ' ' ? "it has a control character" : $"it has a '{c}'";
            }
        }

        return name.Split('.').Contains("") ? "a dot needs a segment on both sides" : null;
    }

    /// <summary>A name of the user's as a message can show it.</summary>
    public static string Shorten(string name)
    {
        string shown = new(name.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c).ToArray());
        return name.Length > MaxLength ? shown + "…" : shown;
    }
}
