using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>
/// Gives every reader of a value but the last a branch of its own, whose gradient is its own. Backward runs the last reader first: it
/// writes the value's gradient, and the branches add to it.
/// </summary>
internal static class BranchReaders
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        Dictionary<int, int> uses = graph.Nodes.SelectMany(node => node.Inputs).GroupBy(value => value).ToDictionary(group => group.Key, group => group.Count());
        List<Value> values = graph.Values.ToList();
        var nodes = new List<Node>();
        foreach (Node node in graph.Nodes)
        {
            int[] inputs = node.Inputs.Select(value => --uses[value] == 0 ? value : Branch(value, node)).ToArray();
            nodes.Add(node with { Inputs = inputs.ToEquatableArray() });
        }

        return graph with { Values = values.ToEquatableArray(), Nodes = nodes.ToEquatableArray() };

        int Branch(int value, Node reader)
        {
            var branch = new Value(values.Count, values[value].Shape);
            values.Add(branch);
            nodes.Add(new Node($"{reader.Name}.branch{branch.Id}", new BranchOp(), EquatableArray.Of(value), branch.Id, Layer: -1));
            return branch.Id;
        }
    }
}
