using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Schedule;

/// <summary>A graph, and the copies that are inserted while its nodes are planned.</summary>
internal sealed class RelayoutTable(NetworkGraph graph)
{
    private readonly List<Value> _values = graph.Values.ToList();
    private readonly List<Node> _nodes = graph.Nodes.ToList();

    /// <summary>The graph with the copies.</summary>
    public NetworkGraph Graph => _values.Count == graph.Values.Count
        ? graph
        : graph with { Values = _values.ToEquatableArray(), Nodes = _nodes.ToEquatableArray() };

    public TensorShape ShapeOf(int value) => _values[value].Shape;

    /// <summary>Inserts the copy of one input before its reader.</summary>
    /// <param name="reader">The node that reads it; becomes the one that reads the copy.</param>
    /// <param name="input">The index of the input.</param>
    public Node Insert(ref Node reader, int input)
    {
        int from = reader.Inputs[input];
        var copied = new Value(_values.Count, _values[from].Shape);
        _values.Add(copied);
        var copy = new Node($"{reader.Name}.input{input + 1}", new RelayoutOp(), EquatableArray.Of(from), copied.Id, Layer: -1);
        Node changed = reader with { Inputs = reader.Inputs.Select((value, i) => i == input ? copied.Id : value).ToEquatableArray() };
        int place = _nodes.IndexOf(reader);
        _nodes[place] = changed;
        _nodes.Insert(place, copy);
        reader = changed;
        return copy;
    }
}
