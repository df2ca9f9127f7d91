using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Finds the mistakes in a block that are there whatever its use: names, references, and arguments that no parameter changes.</summary>
internal static class BlockChecks
{
    public static BlockReport Run(BlockSpec block, BlockCatalog blocks)
    {
        var problems = new ProblemList();
        if (block.Layers.Count == 0)
        {
            problems.Error(DiagnosticIds.EmptyBlock, ProblemList.Network, block.Name);
        }

        // That the defaults have values the compiler sees to.
        var unused = new LayerProblems(new ProblemList(), 0, "", null);
        if (UseArguments.Complete(block, new Dictionary<string, int>(), unused) is not { } defaults)
        {
            return new BlockReport(problems.Problems.ToList(), problems.HasErrors);
        }

        ExpandedLayers expanded = BlockExpansion.Of(block, defaults, blocks, problems);
        foreach (PlacedLayer layer in expanded.Layers.Where(layer => layer.Suffix.Length == 0))
        {
            Check(layer, block.Layers[layer.Attribute], problems);
        }

        return new BlockReport(problems.Before(expanded.Unjudged, block.Layers.Count).ToList(), problems.HasErrors || expanded.Unjudged < block.Layers.Count);
    }

    private static void Check(PlacedLayer layer, LayerSpec declared, ProblemList problems)
    {
        if (OperatorDefinition.Find(declared.Operator) is not { } definition)
        {
            problems.Error(DiagnosticIds.UnknownLayer, layer.Attribute, declared.Operator);
            return;
        }

        var layerProblems = new LayerProblems(problems, layer.Attribute, layer.Title, null);
        foreach (LayerReference reference in layer.Joined.Insert(0, layer.Source))
        {
            if (reference.Fault is { } fault)
            {
                layerProblems.Error(fault, reference.FaultArguments.ToArray());
            }
        }

        if (UseArguments.IsConstant(declared) && !declared.IsUnreadable)
        {
            definition.Create(new LayerArguments(declared), null, layerProblems);
        }
    }
}

/// <summary>What is wrong with a block.</summary>
/// <param name="Problems">What is to be reported on its attributes.</param>
/// <param name="HasErrors">Whether anything is wrong with it, reported here or by others.</param>
internal sealed record BlockReport(IReadOnlyList<Problem> Problems, bool HasErrors);
