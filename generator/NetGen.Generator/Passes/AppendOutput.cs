using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>Ends the graph with the node that gives the result in PyTorch's order.</summary>
internal static class AppendOutput
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var output = new Value(graph.Values.Count, graph.OutputShape);
        return graph with
        {
            Values = graph.Values.Append(output).ToEquatableArray(),
            Nodes = graph.Nodes.Append(new Node("output", new OutputOp(), EquatableArray.Of(graph.Output), output.Id, Layer: -1)).ToEquatableArray(),
            Output = output.Id,
        };
    }
}
