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
            if (producer.Operator.AcceptsNormalization && graph.OnlyReaderOf(producer) is { Operator: BatchNorm2dOp batchNorm } reader)
            {
                graph = graph.Absorb(producer, reader, producer with { Normalization = new FoldedNormalization(reader.Name, batchNorm) });
            }
        }

        return graph;
    }
}
