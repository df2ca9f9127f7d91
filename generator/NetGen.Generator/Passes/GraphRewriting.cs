using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Passes;

/// <summary>The edits that passes are made of.</summary>
internal static class GraphRewriting
{
    /// <summary>The graph without a node: who read its result reads its input.</summary>
    public static NetworkGraph Bypass(this NetworkGraph graph, Node node) => graph with
    {
        Nodes = graph.Nodes
            .Where(other => !ReferenceEquals(other, node))
            .Select(other => other.Inputs.Contains(node.Output)
                ? other with { Inputs = other.Inputs.Select(value => value == node.Output ? node.Input : value).ToEquatableArray() }
                : other)
            .ToEquatableArray(),
        Output = graph.Output == node.Output ? node.Input : graph.Output,
    };

    /// <summary>The nodes that read a value.</summary>
    public static IEnumerable<Node> ReadersOf(this NetworkGraph graph, int value) => graph.Nodes.Where(node => node.Inputs.Contains(value));

    public static NetworkGraph WithNodes(this NetworkGraph graph, IEnumerable<Node> nodes) => graph with { Nodes = nodes.ToEquatableArray() };
}
