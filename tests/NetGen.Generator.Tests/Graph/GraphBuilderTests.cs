using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

public class GraphBuilderTests
{
    [Fact]
    public void Every_layer_attribute_has_its_operator_and_every_operator_its_attribute()
    {
        IEnumerable<string> attributes = typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && type != typeof(UseAttribute))
            .Select(type => type.Name.Replace("Attribute", "", StringComparison.Ordinal));
        IEnumerable<string> definitions = typeof(OperatorDefinition).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(OperatorDefinition)))
            .Select(type => type.Name.Replace("Definition", "", StringComparison.Ordinal));
        Assert.Equal(attributes.Order(), definitions.Order());
        Assert.All(attributes, attribute => Assert.Equal(attribute, OperatorDefinition.Find(attribute)?.Name));
        Assert.Null(OperatorDefinition.Find("Conv9d"));
    }

    [Fact]
    public void A_layer_of_a_later_version_is_reported_by_name()
    {
        GraphResult result = GraphBuilder.Build(Specs.Network(Specs.Input(1, 8, 8), Specs.Layer("Conv9d", ("outChannels", 3)), Specs.Conv(2, 9)));
        Problem problem = Assert.Single(result.Problems);
        Assert.Equal((DiagnosticIds.UnknownLayer, 1, "Conv9d"), (problem.Id, problem.Layer, problem.MessageArguments[0]));
        Assert.Null(result.Graph);
    }

    [Fact]
    public void A_graph_is_left_out_only_for_errors()
    {
        Assert.Null(GraphBuilder.Build(Specs.Network(Specs.Input(4), Specs.Linear(0))).Graph);
        GraphResult warned = GraphBuilder.Build(Specs.Network(Specs.Input(4), Specs.Sigmoid, Specs.Loss(LossKind.CrossEntropy)));
        Assert.Equal(DiagnosticIds.LossAfterActivation, Assert.Single(warned.Problems).Id);
        Assert.NotNull(warned.Graph);
    }

    [Fact]
    public void What_does_not_compile_silences_what_comes_after_it()
    {
        var broken = Specs.Layer("Conv2d", ("outChannels", 8), ("kernelSize", new object()));
        Assert.Equal(["NETGEN038@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Layer("Dropout", ("probability", 2.0)), broken, Specs.Conv(4, 0)));
        Assert.Empty(Specs.Problems(broken));
        Assert.Null(GraphBuilder.Build(Specs.Network(Specs.Input(3, 8, 8), broken)).Graph);
    }

    [Fact]
    public void An_attribute_of_no_known_type_is_no_layer_but_may_have_been_meant_as_one()
    {
        // Another generator may be about to make it, so that the network is built; if not, the compiler's own error stands.
        Assert.NotNull(GraphBuilder.Build(Specs.Network(Specs.Input(4), LayerSpec.Unresolved, Specs.Linear(2))).Graph);
        Assert.Empty(Specs.Problems(LayerSpec.Unresolved, Specs.Linear(2)));
        Assert.Empty(Specs.Problems(Specs.Input(4), LayerSpec.Unresolved));
        Assert.Equal(["NETGEN033@1"], Specs.Problems(Specs.Input(4), Specs.Linear(0), LayerSpec.Unresolved, Specs.Linear(0)));
    }

    [Fact]
    public void Arguments_at_the_limits_of_int_are_mistakes_and_no_overflow()
    {
        const int Max = int.MaxValue;
        Assert.Equal(["NETGEN034@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(Max, Max)));
        Assert.Equal(["NETGEN041@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(Max, 3)));
        Assert.Equal(["NETGEN042@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(1, 3, ("Padding", Max))));
        Assert.Equal(["NETGEN042@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(1, Max, ("Padding", Max), ("Dilation", Max), ("Stride", Max))));
        Assert.Equal(["NETGEN042@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(1, Max, ("SamePadding", true), ("Dilation", Max))));
        Assert.Equal(["NETGEN035@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(Max, 3, ("Groups", Max))));
        Assert.Equal(["NETGEN042@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.MaxPool(Max, ("Padding", Max / 2))));
        Assert.Equal(["NETGEN034@1"], Specs.Problems(Specs.Input(3, 8, 8), Specs.MaxPool(Max)));
        Assert.Equal(["NETGEN041@1"], Specs.Problems(Specs.Input(8), Specs.Linear(Max)));
        Assert.Equal(["NETGEN041@0"], Specs.Problems(Specs.Input(Max), Specs.Linear(Max)));
        Assert.Equal(["NETGEN043@1"], Specs.Problems(Specs.Input(1 << 20), Specs.Linear(1 << 20), Specs.Linear(1 << 20)));
        Assert.Equal(["NETGEN043@1"], Specs.Problems(Specs.Input(1, 16, 16), Specs.Conv(10_000_000, 16)));
        Assert.Equal(["NETGEN043@1"], Specs.Problems(Specs.Input(1, 28, 28), Specs.Conv(1, 50_000, ("SamePadding", true))));
        Assert.Empty(Specs.Problems(Specs.Input(3, 8, 8), Specs.Conv(1, 3, ("Stride", Max))));
        Assert.Empty(Specs.Problems(Specs.Input((1 << 28) - 16), Specs.ReLU));
    }

    [Theory]
    [InlineData("Conv2d 5×5, padding 2", 5, "Padding")]
    [InlineData("Conv2d 3×3, stride 2", 3, "Stride")]
    [InlineData("Conv2d 3×3, stride 1×2", 3, "StrideW")]
    [InlineData("Conv2d 3×3, padding 2×0", 3, "PaddingH")]
    [InlineData("Conv2d 3×3, dilation 2", 3, "Dilation")]
    [InlineData("Conv2d 3×3, groups 2", 3, "Groups")]
    public void Convolutions_are_described_by_what_is_not_the_default(string description, int kernel, string argument)
    {
        Assert.Equal(description, Describe(Specs.Input(4, 8, 8), Specs.Conv(8, kernel, (argument, 2))));
    }

    [Fact]
    public void Layers_are_described_the_same_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal("Dropout 0.25", Describe(Specs.Input(4), Specs.Layer("Dropout", ("probability", 0.25))));
            Assert.Equal("LeakyReLU 0.01", Describe(Specs.Input(4), Specs.Layer("LeakyReLU", ("negativeSlope", 0.01))));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        LayerSpec input = Specs.Input(4, 9, 9);
        Assert.Equal("Conv2d 2×2, padding 0+1×0+1", Describe(input, Specs.Conv(8, 2, ("SamePadding", true))));
        Assert.Equal("Conv2d 1×1, no bias", Describe(input, Specs.Conv(8, 1, ("Bias", false))));
        Assert.Equal("MaxPool2d 2×2", Describe(input, Specs.MaxPool(2)));
        Assert.Equal("MaxPool2d 3×3, stride 2, padding 1, ceil", Describe(input, Specs.MaxPool(3, ("Stride", 2), ("Padding", 1), ("CeilMode", true))));
        Assert.Equal(
            "AvgPool2d 2×3, padding 1, padding not counted",
            Describe(input, Specs.Layer("AvgPool2d", ("kernelHeight", 2), ("kernelWidth", 3), ("Padding", 1), ("CountIncludePad", false))));
        Assert.Equal("Linear, no bias", Describe(Specs.Input(4), Specs.Linear(3, ("Bias", false))));
        Assert.Equal("Linear", Describe(Specs.Input(4), Specs.Linear(3)));
    }

    private static string Describe(params LayerSpec[] layers) => Specs.Graph(layers).Nodes[0].Operator.Description;
}
