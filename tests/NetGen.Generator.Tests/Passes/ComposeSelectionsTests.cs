using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Passes;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Passes;

/// <summary>What is sliced or shuffled is taken from where it was before other joins, shuffles and slices, in predictions only.</summary>
public class ComposeSelectionsTests
{
    private static readonly LossSpec s_loss = new(LossKind.MeanSquaredError, 0, OnLogits: false);

    [Fact]
    public void Slices_of_a_shuffled_join_select_from_its_inputs()
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(4, 2, 2),
            Specs.Conv(4, 1, ("Name", "left")),
            Specs.Conv(4, 1, ("Name", "right"), ("From", "input")),
            Specs.Join("Concat", "left", "right"),
            Shuffle(2, ("Name", "shuffled")),
            Slice(0, 3, ("Name", "begin")),
            Slice(3, 5, ("From", "shuffled")),
            Specs.Conv(3, 1),
            Specs.Join("Add", "begin"));
        NetworkGraph predicted = PassPipeline.ForInference(graph);
        Assert.Equal(["left, right: 0 4 1", "left, right: 5 2 6 3 7"], Selections(predicted));
        Assert.DoesNotContain(predicted.Nodes, node => node.Operator is ConcatOp or ChannelShuffleOp or SliceOp);
        Assert.DoesNotContain(PassPipeline.ForTraining(graph, s_loss).Nodes, node => node.Operator is SelectChannelsOp);
    }

    [Fact]
    public void An_input_that_nothing_is_taken_from_is_not_read()
    {
        NetworkGraph graph = PassPipeline.ForInference(Specs.Graph(
            Specs.Input(4, 2, 2),
            Specs.Conv(4, 1, ("Name", "left")),
            Specs.Conv(4, 1, ("Name", "middle"), ("From", "input")),
            Specs.Conv(4, 1, ("Name", "right"), ("From", "input")),
            Specs.Join("Concat", "left", "middle", "right"),
            Slice(1, 11),
            Slice(5, 4)));
        Assert.Equal(["middle, right: 2 3 4 5"], Selections(graph));
    }

    [Fact]
    public void What_others_read_too_stays()
    {
        NetworkGraph graph = PassPipeline.ForInference(Specs.Graph(
            Specs.Input(4, 2, 2),
            Specs.Conv(4, 1, ("Name", "made")),
            Shuffle(2, ("Name", "shuffled")),
            Slice(1, 2),
            Specs.Conv(4, 1),
            Specs.Join("Add", "shuffled")));
        Assert.Equal(["made: 2 1"], Selections(graph));
        Assert.Single(graph.Nodes, node => node.Operator is ChannelShuffleOp);
    }

    [Fact]
    public void A_join_of_slices_stays_one_and_vectors_are_left_alone()
    {
        NetworkGraph graph = PassPipeline.ForInference(Specs.Graph(
            Specs.Input(4, 2, 2),
            Specs.Conv(4, 1, ("Name", "made")),
            Slice(0, 1, ("Name", "first")),
            Slice(1, 3, ("From", "made")),
            Specs.Join("Concat", "first"),
            Specs.Flatten,
            Slice(0, 8),
            Slice(0, 4)));
        Assert.Empty(Selections(graph));
        Assert.Single(graph.Nodes, node => node.Operator is ConcatOp);
        Assert.Equal(4, graph.Nodes.Count(node => node.Operator is SliceOp));
    }

    private static string[] Selections(NetworkGraph graph) =>
    [
        .. graph.Nodes.Where(node => node.Operator is SelectChannelsOp).Select(node =>
        {
            IEnumerable<string> inputs = node.Inputs.Select(input => graph.Nodes.Single(maker => maker.Output == input).Name);
            return $"{string.Join(", ", inputs)}: {string.Join(" ", ((SelectChannelsOp)node.Operator).Channels)}";
        }),
    ];

    private static LayerSpec Shuffle(int groups, params (string, object?)[] named) => Specs.Layer("ChannelShuffle", [("groups", groups), .. named]);

    private static LayerSpec Slice(int start, int count, params (string, object?)[] named) => Specs.Layer("Slice", [("start", start), ("count", count), .. named]);
}
