using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>
/// A batch normalisation that alone reads the result of a convolution scales and shifts it by numbers that are known before any image: they
/// become part of its weights.
/// </summary>
internal static class FoldBatchNorm
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        foreach (Node producer in graph.Nodes)
        {
            if (!producer.Operator.AcceptsNormalization || producer.Output == graph.Output)
            {
                continue;
            }

            List<Node> readers = graph.ReadersOf(producer.Output).ToList();
            if (readers.Count == 1 && readers[0].Operator is BatchNorm2dOp batchNorm)
            {
                Node folded = producer with
                {
                    Output = readers[0].Output,
                    Normalization = new FoldedNormalization(readers[0].Name, batchNorm),
                };
                graph = graph.WithNodes(graph.Nodes
                    .Where(node => !ReferenceEquals(node, readers[0]))
                    .Select(node => ReferenceEquals(node, producer) ? folded : node));
            }
        }

        return graph;
    }
}
