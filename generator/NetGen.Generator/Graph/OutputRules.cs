using System.Collections.Immutable;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Reads the names that <c>[Output]</c> gives.</summary>
internal static class OutputRules
{
    public const string Attribute = "Output";

    private const int MaxLength = 64;

    /// <summary>The other parameters of the methods that take one span for each output.</summary>
    private static readonly ImmutableArray<string> s_taken = ImmutableArray.Create("input", "image", "output", "workspace");

    /// <summary>The names in their order; others in the place of mistakes.</summary>
    public static ImmutableArray<string> Names(IEnumerable<LayerSpec> layers)
    {
        var names = new List<string>();
        foreach (LayerSpec output in layers.Where(layer => layer.Operator == Attribute))
        {
            string name = NameOf(output) is { } given && Fault(given) is null ? given : $"output{TextOf.Integer(names.Count + 1)}";
            while (names.Any(other => LengthOf(other) == LengthOf(name)))
            {
                name += "_";
            }

            names.Add(name);
        }

        return names.ToImmutableArray();
    }

    /// <summary>The name of the constant with an output's length: <c>ClassesLength</c> for <c>classes</c>.</summary>
    public static string LengthOf(string name) => $"{char.ToUpperInvariant(name[0])}{name.Substring(1)}Length";

    /// <summary>Reports the names that can be no parameters.</summary>
    public static void Check(NetworkSpec spec, ProblemList problems)
    {
        var lengths = new Dictionary<string, string>();
        for (int layer = 0; layer < spec.Layers.Count; layer++)
        {
            if (spec.Layers[layer] is not { Operator: Attribute, IsUnreadable: false } output)
            {
                continue;
            }

            string name = NameOf(output) ?? "";
            if (Fault(name) is { } fault)
            {
                problems.Error(DiagnosticIds.InvalidOutputName, layer, LayerNames.Shorten(name), fault);
            }
            else if (lengths.TryGetValue(LengthOf(name), out string other))
            {
                problems.Error(DiagnosticIds.DuplicateOutputName, layer, name, other);
            }
            else
            {
                lengths.Add(LengthOf(name), name);
            }
        }
    }

    private static string? NameOf(LayerSpec output) => new LayerArguments(output).Text("name");

    private static string? Fault(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Length > MaxLength)
        {
            return $"it is longer than {MaxLength} characters";
        }

        return name[0] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) ? "it does not begin with a letter"
            : name.Any(c => c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')) ? "it has other characters than letters, digits and underscores"
            : s_taken.Any(taken => LengthOf(taken) == LengthOf(name)) ? "Predict has another parameter of that name"
            : null;
    }
}
