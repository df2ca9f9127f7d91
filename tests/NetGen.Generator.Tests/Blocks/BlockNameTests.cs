using NetGen.Generator.Graph;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>The names that layers get in blocks, and with them the parameters.</summary>
public class BlockNameTests
{
    private const string Pair = """
        [Block, Conv2d(2, 1), ReLU, Conv2d(2, 1, Name = "second")] static class Pair;
        [Block, Use(typeof(Pair)), Use(typeof(Pair), Name = "x"), Use(typeof(Pair))] static class Unnamed;
        [Block, Use(typeof(Pair), Repeat = 2), Use(typeof(Pair), First = 2)] static class Indexed;
        """;

    [Fact]
    public void Residual_networks_have_torchvisions_names()
    {
        NetworkGraph graph = Build(Residual, """
            using NetGen;

            [Network, Input(3, 32, 32)]
            [Conv2d(4, 7, Stride = 2, Padding = 3, Bias = false), ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
            [Use(typeof(Stage), "Repeats", 2, Width = 4, Name = "layer1")]
            [Use(typeof(Stage), nameof(Stage.Repeats), 1, Width = 8, Stride = 2, Name = "layer2")]
            [GlobalAvgPool2d, Linear(10, Name = "fc"), Softmax]
            partial class Net;
            """);
        Assert.Equal(
            """
            conv1.weight
            layer1.0.conv1.weight layer1.0.conv2.weight layer1.0.conv3.weight layer1.0.downsample.0.weight
            layer1.1.conv1.weight layer1.1.conv2.weight layer1.1.conv3.weight
            layer1.2.conv1.weight layer1.2.conv2.weight layer1.2.conv3.weight
            layer2.0.conv1.weight layer2.0.conv2.weight layer2.0.conv3.weight layer2.0.downsample.0.weight
            layer2.1.conv1.weight layer2.1.conv2.weight layer2.1.conv3.weight
            fc.weight fc.bias
            """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            ParameterNames(graph));
        Assert.Equal(new NetGen.Generator.Graph.TensorShape(16, 4, 4), graph.Values[graph.Nodes.Single(node => node.Name == "layer2.1.relu3").Output].Shape);
    }

    [Theory]
    [InlineData("Use(typeof(Pair))", "block1.conv1 block1.relu1 block1.second")]
    [InlineData("Use(typeof(Pair), Name = \"a\"), Use(typeof(Pair))", "a.conv1 a.relu1 a.second block2.conv1 block2.relu1 block2.second")]
    [InlineData("Conv2d(2, 1), Use(typeof(Pair), Name = \"\", First = 3)", "conv1 3.conv1 3.relu1 3.second")]
    [InlineData("Use(typeof(Pair), Name = \"\")", "conv1 relu1 second")]
    [InlineData("Use(typeof(Pair), Name = \"a\", Repeat = 1)", "a.0.conv1 a.0.relu1 a.0.second")]
    [InlineData("Use(typeof(Pair), Repeat = 1)", "block1.0.conv1 block1.0.relu1 block1.0.second")]
    [InlineData("Use(typeof(Pair), Name = \"a\", First = 0)", "a.0.conv1 a.0.relu1 a.0.second")]
    [InlineData("Use(typeof(Pair), Name = \"a.b\", Repeat = 2, First = 7)", "a.b.7.conv1 a.b.7.relu1 a.b.7.second a.b.8.conv1 a.b.8.relu1 a.b.8.second")]
    [InlineData("Use(typeof(Pair), Name = \"d*\", Repeat = 2, First = 1)", "d1.conv1 d1.relu1 d1.second d2.conv1 d2.relu1 d2.second")]
    [InlineData("Use(typeof(Pair), Name = \"features.*.conv\")", "features.0.conv.conv1 features.0.conv.relu1 features.0.conv.second")]
    [InlineData(
        "Use(typeof(Pair), Name = \"f\", First = 1), Conv2d(1, 1, Name = \"f.2\"), Use(typeof(Pair), Name = \"f\", First = 3)",
        "f.1.conv1 f.1.relu1 f.1.second f.2 f.3.conv1 f.3.relu1 f.3.second")]
    [InlineData(
        "Use(typeof(Unnamed), Name = \"u\")",
        "u.block1.conv1 u.block1.relu1 u.block1.second u.x.conv1 u.x.relu1 u.x.second u.block3.conv1 u.block3.relu1 u.block3.second")]
    [InlineData(
        "Use(typeof(Indexed), Name = \"u\")", "u.0.conv1 u.0.relu1 u.0.second u.1.conv1 u.1.relu1 u.1.second u.2.conv1 u.2.relu1 u.2.second")]
    [InlineData("Use(typeof(Pair), Name = \"a\"), Conv2d(1, 1), ReLU", "a.conv1 a.relu1 a.second conv1 relu1")]
    public void Names_follow_the_rules(string layers, string expected) =>
        Assert.Equal(expected.Split(' '), Names(GraphOf($"[Input(2, 4, 4), {layers}]", Pair)));
}
