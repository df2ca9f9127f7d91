using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>Begins the graph with a copy of the caller's images, for kernels that read whole vectors.</summary>
internal static class StageInput
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var staged = new Value(graph.Values.Count, graph.InputShape);
        IEnumerable<Node> readers = graph.Nodes.Select(node => node with
        {
            Inputs = node.Inputs.Select(value => value == graph.Input ? staged.Id : value).ToEquatableArray(),
        });
        var input = new Node("input", new InputOp(), EquatableArray.Of(graph.Input), staged.Id, Layer: -1);
        return graph with
        {
            Values = graph.Values.Append(staged).ToEquatableArray(),
            Nodes = new[] { input }.Concat(readers).ToEquatableArray(),
            Output = graph.Output == graph.Input ? staged.Id : graph.Output,
        };
    }
}
