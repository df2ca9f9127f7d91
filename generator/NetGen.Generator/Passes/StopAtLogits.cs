using NetGen.Generator.Graph;

namespace NetGen.Generator.Passes;

/// <summary>
/// A loss that takes logits contains the last Softmax, LogSoftmax or Sigmoid, in a form that neither overflows nor loses its gradient: training
/// leaves that layer out.
/// </summary>
internal static class StopAtLogits
{
    public static NetworkGraph Run(NetworkGraph graph) => graph.Bypass(graph.Nodes.Single(node => node.Output == graph.Output));
}
