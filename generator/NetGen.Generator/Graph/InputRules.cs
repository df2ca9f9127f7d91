using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Reads <c>[Input]</c>.</summary>
internal static class InputRules
{
    public const string Attribute = "Input";

    /// <summary>The shape of the input; null after a mistake.</summary>
    public static TensorShape? Read(NetworkSpec spec, ProblemList problems)
    {
        TensorShape? found = null;
        bool isDeclared = false;
        for (int layer = 0; layer < spec.Layers.Count; layer++)
        {
            if (spec.Layers[layer].Operator != Attribute)
            {
                continue;
            }

            TensorShape? shape = ReadShape(spec.Layers[layer], layer, problems);
            if (isDeclared)
            {
                problems.Error(DiagnosticIds.DuplicateInput, layer, found?.ToString() ?? "another shape");
            }

            found ??= shape;
            isDeclared = true;
        }

        if (!isDeclared)
        {
            problems.Error(DiagnosticIds.MissingInput, ProblemList.Network);
        }

        return found;
    }

    private static TensorShape? ReadShape(LayerSpec spec, int layer, ProblemList problems)
    {
        if (spec.IsUnreadable)
        {
            return null;
        }

        var arguments = new LayerArguments(spec);
        bool isVector = !arguments.IsSet("channels");
        string[] names = isVector ? ["length"] : arguments.IsSet("length") ? ["channels", "length"] : ["channels", "height", "width"];
        var layerProblems = new LayerProblems(problems, layer, "[Input]", null);
        int[] sizes = names.Select(name => SizeArguments.Positive(name, arguments.Integer(name, 0), layerProblems)).ToArray();
        if (sizes.Contains(0))
        {
            return null;
        }

        // A sequence is a map of one row.
        TensorShape shape = isVector ? TensorShape.Vector(sizes[0]) : new TensorShape(sizes[0], names.Length == 2 ? 1 : sizes[1], sizes[names.Length - 1]);
        if (GraphLimits.StoredLength(shape) < GraphLimits.ValueElements)
        {
            return shape;
        }

        layerProblems.Error(
            DiagnosticIds.ValueTooLarge,
            shape.ToString(),
            TextOf.Count(GraphLimits.StoredLength(shape)),
            TextOf.Count(GraphLimits.ValueElements));
        return null;
    }
}
