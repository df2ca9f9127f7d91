using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>Dropout does nothing at inference: while training the elements that stay are scaled up instead.</summary>
internal static class RemoveDropout
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        while (graph.Nodes.FirstOrDefault(node => node.Operator is DropoutOp) is { } dropout)
        {
            graph = graph.Bypass(dropout);
        }

        return graph;
    }
}
