using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

public class LayerNameTests
{
    [Fact]
    public void Layers_are_named_by_kind_and_number()
    {
        Assert.Equal(
            ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "pool3", "fc1.flatten", "fc1", "dropout1", "fc2", "softmax1"],
            Specs.Graph(
                Specs.Input(1, 28, 28), Specs.Conv(4, 3), Specs.ReLU, Specs.MaxPool(2), Specs.Conv(8, 3), Specs.Layer("LeakyReLU"),
                Specs.Layer("AvgPool2d", ("kernelSize", 2)), Specs.Layer("GlobalAvgPool2d"), Specs.Linear(9), Specs.Layer("Dropout", ("probability", 0.5)),
                Specs.Linear(3), Specs.Softmax).Nodes.Select(node => node.Name));
    }

    [Fact]
    public void Named_layers_count_too()
    {
        Assert.Equal(
            ["stem", "conv2", "features.0", "conv4"],
            Specs.Graph(
                Specs.Input(1, 28, 28), Specs.Conv(4, 3, ("Name", "stem")), Specs.Conv(4, 3), Specs.Conv(4, 3, ("Name", "features.0")), Specs.Conv(4, 3))
                .Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_null_name_is_none()
    {
        Assert.Equal("fc1", Specs.Graph(Specs.Input(3), Specs.Linear(2, ("Name", null))).Nodes[0].Name);
    }

    [Fact]
    public void The_flattening_before_Linear_gives_way_to_a_layer_of_its_name()
    {
        Assert.Equal(
            ["fc1.flatten", "fc1.flatten_", "fc1"],
            Specs.Graph(Specs.Input(1, 2, 2), Specs.Layer("ReLU", ("Name", "fc1.flatten")), Specs.Linear(2)).Nodes.Select(node => node.Name));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("features.0")]
    [InlineData("0")]
    [InlineData("_")]
    [InlineData("layer1.0.conv1")]
    [InlineData("Conv1")]
    [InlineData("block1-0.f.a.0")]
    public void Segments_of_letters_digits_underscores_and_hyphens_are_names(string name)
    {
        Assert.Equal(name, Specs.Graph(Specs.Input(1, 8, 8), Specs.Conv(2, 3), Specs.Conv(2, 3, ("Name", name))).Nodes[1].Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("\"")]
    [InlineData("{0}")]
    public void Other_names_are_refused(string name)
    {
        Assert.Equal(["NETGEN051@1"], Specs.Problems(Specs.Input(3), Specs.Linear(2, ("Name", name))));
    }

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        Assert.Empty(Specs.Problems(Specs.Input(3), Specs.Linear(2, ("Name", new string('a', 128)))));
        Assert.Equal(["NETGEN051@1"], Specs.Problems(Specs.Input(3), Specs.Linear(2, ("Name", new string('a', 129)))));
    }

    [Fact]
    public void Names_of_several_layers_clash_each()
    {
        Assert.Equal(
            ["NETGEN050@2", "NETGEN050@3"],
            Specs.Problems(
                Specs.Input(3), Specs.Linear(2, ("Name", "a")), Specs.Linear(2, ("Name", "a")), Specs.Linear(2, ("Name", "a"))));
        Assert.Equal(["NETGEN050@1"], Specs.Problems(Specs.Input(3), Specs.Layer("ReLU", ("Name", "fc1")), Specs.Linear(2)));
    }
}
