using NetGen.Generator.Graph;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>
/// Well-known architectures, without their normalisation, in blocks: the parameters have torchvision's names, and there are as many of them.
/// </summary>
public class ArchitectureTests
{
    private const string ResNetStem = "Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false), ReLU, MaxPool2d(3, Stride = 2, Padding = 1), ";

    private const string ResNet = """
        [Block, Conv2d(Width, 3, Padding = 1, Bias = false), ReLU, Conv2d(Width, 3, Padding = 1, Bias = false), Add("input"), ReLU]
        class Basic { public const int Width = 64; }

        [Block, Conv2d(Width, 3, Stride = 2, Padding = 1, Bias = false), ReLU, Conv2d(Width, 3, Padding = 1, Bias = false)]
        [Conv2d(Width, 1, Stride = 2, Bias = false, From = "input", Name = "downsample.0"), Add("conv2"), ReLU]
        class Halving { public const int Width = 64; }

        [Block, Use(typeof(Halving), Width = Width, Name = "0"), Use(typeof(Basic), Width = Width, Repeat = Repeats - 1, First = 1)]
        class BasicStage { public const int Width = 64, Repeats = 2; }

        [Block, Conv2d(Width, 1, Bias = false), ReLU, Conv2d(Width, 3, Stride = Stride, Padding = 1, Bias = false), ReLU]
        [Conv2d(Width * 4, 1, Bias = false)]
        [Conv2d(Width * 4, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0"), Add("conv3"), ReLU]
        class Projection { public const int Width = 64, Stride = 1; }

        [Block, Conv2d(Width, 1, Bias = false), ReLU, Conv2d(Width, 3, Padding = 1, Bias = false), ReLU, Conv2d(Width * 4, 1, Bias = false), Add("input"), ReLU]
        class Bottleneck { public const int Width = 64; }

        [Block, Use(typeof(Projection), Width = Width, Stride = Stride, Name = "0"), Use(typeof(Bottleneck), Width = Width, Repeat = Repeats - 1, First = 1)]
        class Stage { public const int Width = 64, Stride = 2, Repeats = 3; }

        [Block, Use(typeof(Stage), "Repeats", A, Width = 64, Stride = 1, Name = "layer1"), Use(typeof(Stage), "Repeats", B, Width = 128, Name = "layer2")]
        [Use(typeof(Stage), "Repeats", C, Width = 256, Name = "layer3"), Use(typeof(Stage), "Repeats", D, Width = 512, Name = "layer4")]
        class Stages { public const int A = 3, B = 4, C = 6, D = 3; }

        [Block, Use(typeof(Basic), Width = 64, Repeat = A, Name = "layer1"), Use(typeof(BasicStage), "Repeats", B, Width = 128, Name = "layer2")]
        [Use(typeof(BasicStage), "Repeats", C, Width = 256, Name = "layer3"), Use(typeof(BasicStage), "Repeats", D, Width = 512, Name = "layer4")]
        class BasicStages { public const int A = 2, B = 2, C = 2, D = 2; }
        """;

    private const string MobileNetV2 = """
        [Block, Conv2d(In * 6, 1, Bias = false, Name = "0.0"), ReLU6, Conv2d(In * 6, 3, Stride = Stride, Padding = 1, Groups = In * 6, Bias = false, Name = "1.0"), ReLU6]
        [Conv2d(Width, 1, Bias = false, Name = "2")]
        class Inverted { public const int In = 16, Width = 24, Stride = 1; }

        [Block, Use(typeof(Inverted), "In", Width, Width = Width, Name = "conv"), Add("input")] class Residual { public const int Width = 24; }

        [Block, Use(typeof(Inverted), "In", In, Width = Width, Stride = Stride, Name = "features.*.conv", First = First)]
        [Use(typeof(Residual), Width = Width, Name = "features", First = First + 1, Repeat = Repeats - 1)]
        class Group { public const int First = 2, Repeats = 2, In = 16, Width = 24, Stride = 2; }
        """;

    private const string DenseNet = """
        [Block, ReLU, Conv2d(128, 1, Bias = false), ReLU, Conv2d(32, 3, Padding = 1, Bias = false), Concat("input", "conv2")] class DenseLayer;

        [Block, ReLU, Conv2d(Width, 1, Bias = false, Name = "conv"), AvgPool2d(2)] class Transition { public const int Width = 128; }
        """;

    private const string GoogLeNet = """
        [Block, Conv2d(Width, Kernel, Padding = Kernel / 2, Bias = false, Name = "conv"), ReLU] class Unit { public const int Width = 64, Kernel = 1; }

        [Block, Use(typeof(Unit), Width = A, Name = "branch1")]
        [Use(typeof(Unit), Width = B1, Name = "branch2.0", From = "input"), Use(typeof(Unit), "Kernel", 3, Width = B2, Name = "branch2.1")]
        [Use(typeof(Unit), Width = C1, Name = "branch3.0", From = "input"), Use(typeof(Unit), "Kernel", 3, Width = C2, Name = "branch3.1")]
        [MaxPool2d(3, Stride = 1, Padding = 1, From = "input"), Use(typeof(Unit), Width = D, Name = "branch4.1")]
        [Concat("branch1", "branch2.1", "branch3.1", "branch4.1")]
        class Inception { public const int A = 64, B1 = 96, B2 = 128, C1 = 16, C2 = 32, D = 32; }
        """;

    // The number of tensors and of floats in them are those of torchvision's models less their normalisation.
    public static TheoryData<string, string, int, int, string[]> Architectures => new()
    {
        {
            ResNetStem + "Use(typeof(BasicStages), Name = \"\"), GlobalAvgPool2d, Linear(1000, Name = \"fc\")", ResNet, 22, 11_679_912,
            ["layer1.0.conv1.weight", "layer2.0.downsample.0.weight", "layer4.1.conv2.weight"]
        },
        {
            ResNetStem + "Use(typeof(Stages), Name = \"\"), GlobalAvgPool2d, Linear(1000, Name = \"fc\")", ResNet, 55, 25_503_912,
            ["layer1.0.downsample.0.weight", "layer1.2.conv3.weight", "layer4.2.conv1.weight"]
        },
        {
            ResNetStem + "Use(typeof(Stages), \"B\", 8, \"C\", 36, Name = \"\"), GlobalAvgPool2d, Linear(1000, Name = \"fc\")", ResNet, 157, 60_041_384,
            ["layer3.35.conv3.weight", "layer2.7.conv1.weight", "fc.bias"]
        },
        {
            """
            Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false, Name = "features.0.0"), ReLU6,
            Conv2d(32, 3, Padding = 1, Groups = 32, Bias = false, Name = "features.1.conv.0.0"), ReLU6, Conv2d(16, 1, Bias = false, Name = "features.1.conv.1"),
            Use(typeof(Group), Name = ""), Use(typeof(Group), "First", 4, "Repeats", 3, "In", 24, Width = 32, Name = ""),
            Use(typeof(Group), "First", 7, "Repeats", 4, "In", 32, Width = 64, Name = ""), Use(typeof(Group), "First", 11, "Repeats", 3, "In", 64, Width = 96, Stride = 1, Name = ""),
            Use(typeof(Group), "First", 14, "Repeats", 3, "In", 96, Width = 160, Name = ""), Use(typeof(Group), "First", 17, "Repeats", 1, "In", 160, Width = 320, Stride = 1, Name = ""),
            Conv2d(1280, 1, Bias = false, Name = "features.18.0"), ReLU6, GlobalAvgPool2d, Dropout(0.2), Linear(1000, Name = "classifier.1")
            """,
            MobileNetV2, 54, 3_470_760, ["features.2.conv.0.0.weight", "features.17.conv.1.0.weight", "features.16.conv.2.weight", "classifier.1.bias"]
        },
        {
            """
            Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "features.conv0"), ReLU, MaxPool2d(3, Stride = 2, Padding = 1),
            Use(typeof(DenseLayer), Name = "features.denseblock1.denselayer*", First = 1, Repeat = 6), Use(typeof(Transition), Name = "features.transition1"),
            Use(typeof(DenseLayer), Name = "features.denseblock2.denselayer*", First = 1, Repeat = 12), Use(typeof(Transition), Width = 256, Name = "features.transition2"),
            Use(typeof(DenseLayer), Name = "features.denseblock3.denselayer*", First = 1, Repeat = 24), Use(typeof(Transition), Width = 512, Name = "features.transition3"),
            Use(typeof(DenseLayer), Name = "features.denseblock4.denselayer*", First = 1, Repeat = 16), ReLU, GlobalAvgPool2d, Linear(1000, Name = "classifier")
            """,
            DenseNet, 122, 7_895_208, ["features.denseblock1.denselayer1.conv1.weight", "features.transition3.conv.weight", "features.denseblock4.denselayer16.conv2.weight"]
        },
        {
            """
            Conv2d(64, 7, Stride = 2, Padding = 3, Bias = false, Name = "conv1.conv"), ReLU, MaxPool2d(3, Stride = 2, CeilMode = true),
            Use(typeof(Unit), Name = "conv2"), Use(typeof(Unit), "Kernel", 3, Width = 192, Name = "conv3"), MaxPool2d(3, Stride = 2, CeilMode = true),
            Use(typeof(Inception), Name = "inception3a"),
            Use(typeof(Inception), "A", 128, "B1", 128, "B2", 192, "C1", 32, "C2", 96, "D", 64, Name = "inception3b"), MaxPool2d(3, Stride = 2, CeilMode = true),
            Use(typeof(Inception), "A", 192, "B1", 96, "B2", 208, "C1", 16, "C2", 48, "D", 64, Name = "inception4a"),
            Use(typeof(Inception), "A", 160, "B1", 112, "B2", 224, "C1", 24, "C2", 64, "D", 64, Name = "inception4b"),
            Use(typeof(Inception), "A", 128, "B1", 128, "B2", 256, "C1", 24, "C2", 64, "D", 64, Name = "inception4c"),
            Use(typeof(Inception), "A", 112, "B1", 144, "B2", 288, "C1", 32, "C2", 64, "D", 64, Name = "inception4d"),
            Use(typeof(Inception), "A", 256, "B1", 160, "B2", 320, "C1", 32, "C2", 128, "D", 128, Name = "inception4e"), MaxPool2d(2, Stride = 2, CeilMode = true),
            Use(typeof(Inception), "A", 256, "B1", 160, "B2", 320, "C1", 32, "C2", 128, "D", 128, Name = "inception5a"),
            Use(typeof(Inception), "A", 384, "B1", 192, "B2", 384, "C1", 48, "C2", 128, "D", 128, Name = "inception5b"), GlobalAvgPool2d, Dropout(0.2), Linear(1000, Name = "fc")
            """,
            GoogLeNet, 59, 6_610_344, ["conv3.conv.weight", "inception3a.branch2.1.conv.weight", "inception5b.branch4.1.conv.weight"]
        },
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Parameters_are_torchvisions(string layers, string blocks, int tensors, int floats, string[] some)
    {
        NetworkGraph graph = GraphOf($"[Input(3, 224, 224), {layers}]", blocks);
        string[] names = ParameterNames(graph);
        Assert.Subset(names.ToHashSet(), some.ToHashSet());
        Assert.Equal(floats, graph.Nodes.SelectMany(node => node.Operator.Parameters(graph.InputShapesOf(node))).Sum(GraphLimits.Length));
        Assert.Equal(tensors, names.Distinct().Count());
    }
}
