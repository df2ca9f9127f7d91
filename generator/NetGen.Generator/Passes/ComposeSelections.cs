using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Passes;

/// <summary>
/// A slice or a shuffle of channels that were joined, shuffled or sliced before selects them from the maps that they came from: ShuffleNet's
/// units copy each channel once where the layers one by one would do it three times.
/// </summary>
internal static class ComposeSelections
{
    public static NetworkGraph Run(NetworkGraph graph)
    {
        var nodes = graph.Nodes.ToList();
        var makers = new Dictionary<int, Node>();
        for (int i = 0; i < nodes.Count; i++)
        {
            // A join of several maps stays one: most of its inputs are computed in its memory.
            Node reader = nodes[i];
            if (reader.Inputs.Count == 1
                && IsSelectionOfMaps(graph, reader)
                && makers.TryGetValue(reader.Input, out Node? maker)
                && IsSelectionOfMaps(graph, maker))
            {
                nodes[i] = Compose(graph, maker, reader);
            }

            makers[nodes[i].Output] = nodes[i];
        }

        return WithoutUnread(graph with { Nodes = nodes.ToEquatableArray() });
    }

    private static bool IsSelectionOfMaps(NetworkGraph graph, Node node) =>
        node.Operator.SelectsChannels && !graph.Values[node.Output].Shape.IsVector;

    private static Node Compose(NetworkGraph graph, Node maker, Node reader)
    {
        EquatableArray<TensorShape> shapes = graph.InputShapesOf(maker);
        EquatableArray<int> made = maker.Operator.SelectedChannels(shapes);
        int[] starts = [.. shapes.Select((_, input) => shapes.Take(input).Sum(shape => shape.Channels))];
        (int Input, int Channel)[] selected =
        [
            .. reader.Operator.SelectedChannels(graph.InputShapesOf(reader)).Select(channel => Place(made[channel])),
        ];

        // Inputs that nothing is taken from are not read.
        int[] read = [.. selected.Select(place => place.Input).Distinct().OrderBy(input => input)];
        int[] readStarts = [.. read.Select((_, number) => read.Take(number).Sum(input => shapes[input].Channels))];
        return reader with
        {
            Operator = new SelectChannelsOp(selected.Select(place => readStarts[Array.IndexOf(read, place.Input)] + place.Channel).ToEquatableArray()),
            Inputs = read.Select(input => maker.Inputs[input]).ToEquatableArray(),
        };

        (int Input, int Channel) Place(int channel)
        {
            int input = Array.FindLastIndex(starts, start => start <= channel);
            return (input, channel - starts[input]);
        }
    }

    /// <summary>The graph without the selections that nobody reads any more.</summary>
    private static NetworkGraph WithoutUnread(NetworkGraph graph)
    {
        var read = new HashSet<int> { graph.Output };
        var kept = new List<Node>();
        foreach (Node node in graph.Nodes.Reverse())
        {
            if (read.Contains(node.Output) || !IsSelectionOfMaps(graph, node))
            {
                kept.Add(node);
                read.UnionWith(node.Inputs);
            }
        }

        kept.Reverse();
        return graph.WithNodes(kept);
    }
}
