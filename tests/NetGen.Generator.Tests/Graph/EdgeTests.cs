using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using GraphShape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which values layers read.</summary>
public class EdgeTests
{
    [Fact]
    public void A_layer_reads_the_one_before_it_or_the_one_it_names()
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(3, 8, 8), Specs.Layer("ReLU", ("Name", "a")), Specs.Layer("Tanh"), Specs.Layer("Sigmoid", ("From", "a")), Specs.Join("Add", "tanh1"));
        Assert.Equal(["input", "a", "a", "sigmoid1, tanh1"], Sources(graph));
    }

    [Fact]
    public void The_input_has_a_name_unless_a_layer_takes_it()
    {
        Assert.Equal(["input", "relu1, input"], Sources(Specs.Graph(Specs.Input(3), Specs.Layer("ReLU"), Specs.Join("Add", "input"))));
        Assert.Equal(
            ["input", "input", "tanh1, input"],
            Sources(Specs.Graph(Specs.Input(3), Specs.Layer("ReLU", ("Name", "input")), Specs.Layer("Tanh"), Specs.Join("Concat", "input"))));
    }

    [Theory]
    [InlineData("c, a, b", "a", "b")]
    [InlineData("a, c, b", "a", "c", "b")]
    [InlineData("a, b, c", "a", "b", "c")]
    public void The_layer_before_comes_first_in_a_join_unless_its_place_is_named(string inputs, params string[] named)
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(3), Specs.Layer("ReLU", ("Name", "a")), Specs.Layer("Tanh", ("Name", "b")), Specs.Layer("ReLU", ("Name", "c")), Specs.Join("Concat", named));
        Assert.Equal(inputs, Sources(graph)[^1]);
    }

    [Fact]
    public void From_says_what_comes_first_in_a_join()
    {
        var join = Specs.Join("Concat", "b");
        join = join with { Arguments = join.Arguments.Append(new Argument("From", new TextArgument("a"))).ToEquatableArray() };
        NetworkGraph graph = Specs.Graph(Specs.Input(3), Specs.Layer("ReLU", ("Name", "a")), Specs.Layer("Tanh", ("Name", "b")), join);
        Assert.Equal("a, b", Sources(graph)[^1]);
        Assert.Equal(GraphShape.Vector(6), graph.OutputShape);
    }

    [Fact]
    public void Channels_are_concatenated_and_shapes_added_kept()
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(3, 8, 6), Specs.Conv(5, 1), Specs.Join("Concat", "input", "conv1"), Specs.Layer("ReLU"), Specs.Join("Add", "concat1"));
        Assert.Equal(new GraphShape(8, 8, 6), graph.OutputShape);
        Assert.Equal("input, conv1", Sources(graph)[1]);
    }

    private static string[] Sources(NetworkGraph graph)
    {
        Dictionary<int, string> names = graph.Nodes.ToDictionary(node => node.Output, node => node.Name);
        names.TryAdd(graph.Input, "input");
        return [.. graph.Nodes.Select(node => string.Join(", ", node.Inputs.Select(value => names[value])))];
    }
}
