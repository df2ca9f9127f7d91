using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.FullyConvolutional;

/// <summary>What becomes of a network's graph.</summary>
public class DerivedGraphTests
{
    private const string LeNet = "Input(1, 28, 28), Conv2d(6, 5), ReLU, MaxPool2d(2), Conv2d(16, 5), ReLU, MaxPool2d(2), Linear(120), ReLU, Dropout(0.5), Linear(10), Softmax";

    [Fact]
    public void Products_become_convolutions_and_nothing_is_flattened()
    {
        NetworkGraph graph = Derive(LeNet, "64, 100");
        Assert.Equal(
            """
            layer     operator              output     parameters  multiply-adds
            input                           1×64×100
            conv1     Conv2d 5×5            6×60×96           156        864,000
            relu1     ReLU                  6×60×96
            pool1     MaxPool2d 2×2         6×30×48
            conv2     Conv2d 5×5            16×26×44        2,416      2,745,600
            relu2     ReLU                  16×26×44
            pool2     MaxPool2d 2×2         16×13×22
            fc1       Linear as Conv2d 4×4  120×10×19      30,840      5,836,800
            relu3     ReLU                  120×10×19
            dropout1  Dropout 0.5           120×10×19
            fc2       Linear as Conv2d 1×1  10×10×19        1,210        228,000
            softmax1  Softmax               10×10×19
            total                                          34,622      9,674,400
            """,
            string.Join("\n", LayerTable.Lines(graph)));
        Assert.Equal(Enumerable.Range(1, graph.Nodes.Count), graph.Nodes.Select(node => node.Layer));
    }

    [Theory]
    [InlineData(LeNet)]
    [InlineData("Input(3, 12, 12), Conv2d(20, 3, Bias = false), BatchNorm2d, PReLU, GlobalAvgPool2d, Linear(7), LayerNorm, Linear(3, Bias = false)")]
    public void Parameters_are_the_sources(string layers)
    {
        NetworkGraph source = Build($"using NetGen; [Network, {layers}] partial class Net;");
        Assert.Equal(ParametersOf(source), ParametersOf(Derive(layers, "40, 40")));
    }

    [Fact]
    public void An_image_of_the_sources_size_has_one_position()
    {
        NetworkGraph graph = Derive(LeNet, "28, 28");
        Assert.Equal("10×1×1", graph.OutputShape.ToString());
    }

    [Fact]
    public void Options_are_the_sources_but_for_training()
    {
        NetworkSpec spec = Spec(
            "using NetGen; [FullyConvolutional(typeof(From), 40, 40)] partial class Net;"
            + $"[Network(InputGradients = true, Unroll = Unroll.Compact, Convolution = ConvolutionAlgorithm.Direct), {LeNet}] partial class From;");
        Assert.Equal(new NetworkOptions(false, UnrollMode.Compact, false, ConvolutionChoice.Direct), spec.Options);
    }

    private static NetworkGraph Derive(string layers, string size) =>
        Build($"using NetGen; [FullyConvolutional(typeof(From), {size})] partial class Net; [Network, {layers}] partial class From;");

    private static IEnumerable<(string Layer, ParameterSpec Spec)> ParametersOf(NetworkGraph graph) =>
        graph.Nodes.SelectMany(node => node.Operator.Parameters(graph.InputShapesOf(node)).Select(parameter => (node.Name, parameter)));
}
