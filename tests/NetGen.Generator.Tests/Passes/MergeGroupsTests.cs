using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Passes;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Passes;

/// <summary>Small groups of channels are taken together until they fill a block, in predictions only.</summary>
public class MergeGroupsTests
{
    private static readonly LossSpec s_loss = new(LossKind.MeanSquaredError, 0, OnLogits: false);

    [Theory]
    [InlineData(128, 128, 32, 4)]
    [InlineData(256, 256, 32, 2)]
    [InlineData(16, 16, 4, 4)]
    [InlineData(64, 64, 32, 1)]
    [InlineData(512, 512, 32, 1)]
    [InlineData(1024, 1024, 32, 1)]
    [InlineData(24, 24, 3, 1)]
    [InlineData(32, 64, 8, 1)]
    [InlineData(48, 48, 8, 1)]
    [InlineData(32, 32, 32, 1)]
    [InlineData(64, 64, 1, 1)]
    public void Groups_of_four_and_eight_channels_fill_a_block(int inputs, int outputs, int groups, int merged)
    {
        NetworkGraph graph = Graph(inputs, outputs, groups);
        var predicted = (Conv2dOp)PassPipeline.ForInference(graph).Nodes[0].Operator;
        Assert.Equal((groups, merged), (predicted.Groups, predicted.MergedGroups));
        Assert.Equal(1, ((Conv2dOp)PassPipeline.ForTraining(graph, s_loss).Nodes[0].Operator).MergedGroups);
        Assert.Equal(graph.Nodes[0].Operator.Parameters(graph.InputShapesOf(graph.Nodes[0])), predicted.Parameters(graph.InputShapesOf(graph.Nodes[0])));
    }

    [Fact]
    public void Their_result_lies_in_blocks_and_their_parameters_as_declared()
    {
        NetworkGraph graph = PassPipeline.ForInference(Graph(32, 32, 8));
        var geometry = new ConvolutionGeometry((Conv2dOp)graph.Nodes[0].Operator, new(32, 8, 8), new(32, 6, 6));
        Assert.Equal((2, 16, TensorLayout.Blocked), (geometry.Groups, geometry.GroupInputs, geometry.OutputView.Layout));
        Assert.Equal((8, 4, TensorLayout.Planar), (geometry.WithoutMerging.Groups, geometry.WithoutMerging.GroupInputs, geometry.WithoutMerging.OutputView.Layout));
        Assert.Equal(4 * geometry.WithoutMerging.WeightStorage.Floats, geometry.WeightStorage.Floats);
    }

    private static NetworkGraph Graph(int inputs, int outputs, int groups) =>
        Specs.Graph(Specs.Input(inputs, 8, 8), Specs.Conv(outputs, 3, ("Groups", groups)));
}
