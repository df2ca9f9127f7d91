using NetGen.Generator.Graph;

namespace NetGen.Generator.Passes;

/// <summary>
/// An activation that alone reads the result of a convolution or matrix product is applied where that is stored: in training only one whose
/// gradient can do without what was there before.
/// </summary>
internal static class FuseActivations
{
    public static NetworkGraph Run(NetworkGraph graph, bool training)
    {
        foreach (Node producer in graph.Nodes)
        {
            if (!producer.Operator.AcceptsActivation || producer.Output == graph.Output)
            {
                continue;
            }

            List<Node> readers = graph.ReadersOf(producer.Output).ToList();
            if (readers.Count == 1 && readers[0].Operator is ActivationOperator activation && !(training && activation.GradientReadsInput))
            {
                Node fused = producer with { Output = readers[0].Output, Activation = activation };
                graph = graph.WithNodes(graph.Nodes
                    .Where(node => !ReferenceEquals(node, readers[0]))
                    .Select(node => ReferenceEquals(node, producer) ? fused : node));
            }
        }

        return graph;
    }
}
