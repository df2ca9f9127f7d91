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
            if (producer.Operator.AcceptsActivation
                && graph.OnlyReaderOf(producer) is { Operator: ActivationOperator activation } reader
                && !(training && activation.GradientReadsInput))
            {
                graph = graph.Absorb(producer, reader, producer with { Activation = activation });
            }
        }

        return graph;
    }
}
