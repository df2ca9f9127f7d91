using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>The shape rules, by PyTorch's arithmetic.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("1×28×28", "6×28×28", 6, 5, 5, "Padding=2")]
    [InlineData("6×14×14", "16×10×10", 16, 5, 5, "")]
    [InlineData("3×224×224", "64×112×112", 64, 7, 7, "Stride=2 Padding=3")]
    [InlineData("3×224×224", "64×55×55", 64, 11, 11, "Stride=4 Padding=2")]
    [InlineData("3×10×7", "4×8×3", 4, 3, 5, "")]
    [InlineData("3×10×7", "4×4×3", 4, 3, 3, "StrideH=2 StrideW=3 PaddingW=1")]
    [InlineData("3×10×10", "4×10×4", 4, 3, 3, "StrideW=3 Padding=1")]
    [InlineData("3×10×10", "4×6×6", 4, 3, 3, "Dilation=2")]
    [InlineData("3×10×10", "4×8×4", 4, 3, 3, "DilationW=3")]
    [InlineData("3×5×5", "4×1×1", 4, 3, 3, "Dilation=2")]
    [InlineData("8×9×9", "8×5×5", 8, 1, 1, "Stride=2")]
    [InlineData("4×1×1", "2×21×21", 2, 1, 1, "Padding=10")]
    public void Convolution_follows_PyTorchs_formula(string input, string output, int outChannels, int kernelH, int kernelW, string named)
    {
        Assert.Equal(output, OutputOf(input, "Conv2d", [("outChannels", outChannels), ("kernelHeight", kernelH), ("kernelWidth", kernelW)], named));
    }

    [Theory]
    [InlineData("1×28×28", "1×14×14", 2, "")]
    [InlineData("1×5×5", "1×2×2", 2, "")]
    [InlineData("1×5×5", "1×3×3", 2, "CeilMode=1")]
    [InlineData("1×55×55", "1×27×27", 3, "Stride=2")]
    [InlineData("1×112×112", "1×55×55", 3, "Stride=2")]
    [InlineData("1×112×112", "1×56×56", 3, "Stride=2 CeilMode=1")]
    [InlineData("1×112×112", "1×56×56", 3, "Stride=2 Padding=1")]
    [InlineData("1×3×3", "1×2×2", 2, "Padding=1 CeilMode=1")] // a third window would start in the right padding
    [InlineData("1×4×4", "1×3×3", 2, "Padding=1 CeilMode=1")]
    [InlineData("1×2×2", "1×1×1", 1, "Stride=3 CeilMode=1")] // a second window would start behind the image
    [InlineData("1×7×4", "1×3×1", 3, "StrideH=2 StrideW=5")]
    [InlineData("1×6×6", "1×2×6", 3, "StrideH=3 StrideW=1 PaddingW=1")]
    public void Pool_follows_PyTorchs_formula(string input, string output, int kernel, string named)
    {
        Assert.Equal(output, OutputOf(input, "MaxPool2d", [("kernelSize", kernel)], named));
        Assert.Equal(output, OutputOf(input, "AvgPool2d", [("kernelSize", kernel)], named));
    }

    [Fact]
    public void Windows_positions_are_those_that_a_walk_finds()
    {
        for (int size = 1; size <= 12; size++)
        {
            foreach ((int kernel, int stride, int padding, int dilation, bool ceil) in
                from kernel in Enumerable.Range(1, 4)
                from stride in Enumerable.Range(1, 5)
                from padding in Enumerable.Range(0, kernel)
                from dilation in Enumerable.Range(1, 2)
                from ceil in new[] { false, true }
                select (kernel, stride, padding, dilation, ceil))
            {
                var window = new Window2d(kernel, 1, stride, 1, padding, padding, 0, 0, dilation, 1, ceil);
                Assert.Equal(Walk(size, kernel, stride, padding, dilation, ceil), window.OutputHeight(size));
            }
        }
    }

    [Theory]
    [InlineData(28, 5, 1, 1, 28, 2, 2)]
    [InlineData(28, 4, 1, 1, 28, 1, 2)] // the odd zero is behind
    [InlineData(28, 3, 2, 1, 14, 0, 1)]
    [InlineData(27, 3, 2, 1, 14, 1, 1)]
    [InlineData(10, 3, 3, 1, 4, 1, 1)]
    [InlineData(10, 3, 1, 2, 10, 2, 2)]
    [InlineData(8, 1, 2, 1, 4, 0, 0)] // the stride skips the last row: nothing to pad
    [InlineData(2, 7, 1, 1, 2, 3, 3)]
    public void Same_padding_makes_as_many_positions_as_TensorFlows(int size, int kernel, int stride, int dilation, int output, int before, int after)
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(1, size, size),
            Specs.Conv(1, kernel, ("Stride", stride), ("Dilation", dilation), ("SamePadding", true)));
        Window2d window = Assert.IsType<Conv2dOp>(graph.Nodes[0].Operator).Window;
        Assert.Equal($"1×{output}×{output}", graph.OutputShape.ToString());
        Assert.Equal((before, after, before, after), (window.PadTop, window.PadBottom, window.PadLeft, window.PadRight));
    }

    [Fact]
    public void Linear_flattens_a_feature_map_by_itself()
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(16, 5, 5), Specs.Linear(120), Specs.ReLU, Specs.Linear(10));
        Assert.Equal(["fc1.flatten", "fc1", "relu1", "fc2"], graph.Nodes.Select(node => node.Name));
        Assert.Equal([-1, 1, 2, 3], graph.Nodes.Select(node => node.Layer));
        Assert.Equal(["16×5×5", "400", "120", "120", "10"], graph.Values.Select(value => value.Shape.ToString()));
        Assert.IsType<FlattenOp>(graph.Nodes[0].Operator);
    }

    [Fact]
    public void Flatten_leaves_a_vector_as_it_is()
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(7), Specs.Flatten, Specs.Linear(2));
        Assert.Equal(["7", "7", "2"], graph.Values.Select(value => value.Shape.ToString()));
    }

    [Fact]
    public void Global_pooling_leaves_one_position()
    {
        Assert.Equal("512×1×1", Specs.Graph(Specs.Input(512, 7, 7), Specs.Layer("GlobalAvgPool2d")).OutputShape.ToString());
    }

    [Theory]
    [InlineData("GlobalMaxPool2d", "MaxPool2d 7×9")]
    [InlineData("AdaptiveAvgPool2d 1 1", "GlobalAvgPool2d")]
    [InlineData("AdaptiveMaxPool2d 1 1", "MaxPool2d 7×9")]
    [InlineData("AdaptiveAvgPool2d 7 9", "AvgPool2d 1×1")]
    [InlineData("AdaptiveMaxPool2d 7 3", "MaxPool2d 1×3")]
    [InlineData("AdaptiveAvgPool2d 3 1", "AvgPool2d 3×9, stride 2×9")]
    [InlineData("AdaptiveAvgPool2d 4 3", "AdaptiveAvgPool2d to 4×3")]
    [InlineData("AdaptiveMaxPool2d 14 9", "AdaptiveMaxPool2d to 14×9")]
    public void Pools_with_regular_windows_are_one_operator(string layer, string description)
    {
        string[] words = layer.Split(' ');
        NetworkGraph graph = Specs.Graph(Specs.Input(5, 7, 9), words.Length == 1
            ? Specs.Layer(words[0])
            : Specs.Layer(words[0], ("outputHeight", int.Parse(words[1], CultureInfo.InvariantCulture)), ("outputWidth", int.Parse(words[2], CultureInfo.InvariantCulture))));
        Assert.Equal(description, graph.Nodes[0].Operator.Description);
        Assert.Equal(words.Length == 1 ? "5×1×1" : $"5×{words[1]}×{words[2]}", graph.OutputShape.ToString());
    }

    [Fact]
    public void Where_Input_stands_does_not_matter()
    {
        Assert.Equal(
            Specs.Graph(Specs.Input(1, 8, 8), Specs.Conv(2, 3)).OutputShape,
            Specs.Graph(Specs.Conv(2, 3), Specs.Input(1, 8, 8)).OutputShape);
    }

    [Fact]
    public void LeNet5_has_the_published_counts()
    {
        NetworkGraph graph = Specs.Graph(
            Specs.Input(1, 28, 28), Specs.Conv(6, 5, ("Padding", 2)), Specs.ReLU, Specs.MaxPool(2), Specs.Conv(16, 5), Specs.ReLU, Specs.MaxPool(2),
            Specs.Linear(120), Specs.ReLU, Specs.Linear(84), Specs.ReLU, Specs.Linear(10), Specs.Softmax);
        Assert.Equal(61_706, graph.Nodes.SelectMany(node => node.Operator.Parameters(graph.InputShapesOf(node))).Sum(GraphLimits.Length));
        Assert.Equal(416_520, graph.Nodes.Sum(node => node.Operator.MultiplyAdds(graph.InputShapesOf(node))));
    }

    [Fact]
    public void A_graph_is_a_chain_of_values()
    {
        NetworkGraph graph = Specs.Graph(Specs.Input(1, 8, 8), Specs.Conv(2, 3), Specs.ReLU, Specs.MaxPool(2));
        Assert.Equal([0, 1, 2, 3], graph.Values.Select(value => value.Id));
        Assert.Equal([0, 1, 2], graph.Nodes.Select(node => node.Input));
        Assert.Equal([1, 2, 3], graph.Nodes.Select(node => node.Output));
        Assert.Equal((0, 3), (graph.Input, graph.Output));
    }

    private static string OutputOf(string input, string layer, (string, object?)[] positional, string named)
    {
        int[] sizes = input.Split('×').Select(Number).ToArray();
        IEnumerable<(string, object?)> arguments = named.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(argument => argument.Split('='))
            .Select(argument => (argument[0], argument[0] == "CeilMode" ? (object?)true : Number(argument[1])));
        return Specs.Graph(Specs.Input(sizes[0], sizes[1], sizes[2]), Specs.Layer(layer, [.. positional, .. arguments])).OutputShape.ToString();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Moves a window along until it does not fit; in ceil mode until its start is beyond the image.</summary>
    private static int Walk(int size, int kernel, int stride, int padding, int dilation, bool ceil)
    {
        int extent = ((kernel - 1) * dilation) + 1;
        if (extent > size + (2 * padding))
        {
            return 0;
        }

        int positions = 0;
        for (int start = -padding; ; start += stride)
        {
            bool fits = start + extent <= size + padding;
            bool reachesBeyond = start - stride + extent >= size + padding;
            if (!fits && (!ceil || reachesBeyond || start >= size))
            {
                return positions;
            }

            positions++;
        }
    }
}
