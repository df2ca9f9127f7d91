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

    /// <summary>The node that alone reads a node's result; null where several do, or the caller gets it.</summary>
    public static Node? OnlyReaderOf(this NetworkGraph graph, Node node)
    {
        List<Node> readers = graph.ReadersOf(node.Output).ToList();
        return node.Output != graph.Output && readers.Count == 1 ? readers[0] : null;
    }

    /// <summary>The graph in which a node also does what the only reader of its result does, and gives that one's result.</summary>
    /// <param name="producer">The node as it is in the graph.</param>
    /// <param name="reader">The reader, which goes.</param>
    /// <param name="both">The node with what the reader does.</param>
    public static NetworkGraph Absorb(this NetworkGraph graph, Node producer, Node reader, Node both) => graph.WithNodes(graph.Nodes
        .Where(node => !ReferenceEquals(node, reader))
        .Select(node => ReferenceEquals(node, producer) ? both with { Output = reader.Output } : node));

    public static NetworkGraph WithNodes(this NetworkGraph graph, IEnumerable<Node> nodes) => graph with { Nodes = nodes.ToEquatableArray() };
}
