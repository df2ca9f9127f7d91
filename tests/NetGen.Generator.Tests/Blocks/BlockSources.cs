using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>Blocks as users write them, and what becomes of networks that use them.</summary>
internal static class BlockSources
{
    /// <summary>The blocks of small residual networks, without normalisation.</summary>
    public const string Residual = """
        using NetGen;

        [Block]
        [Conv2d(Width, 1, Bias = false), ReLU]
        [Conv2d(Width, 3, Padding = 1, Bias = false), ReLU]
        [Conv2d(Width * Expansion, 1, Bias = false)]
        [Add("input"), ReLU]
        public static class Bottleneck { public const int Width = 4, Expansion = 2; }

        [Block]
        [Conv2d(Width, 1, Bias = false), ReLU]
        [Conv2d(Width, 3, Stride = Stride, Padding = 1, Bias = false), ReLU]
        [Conv2d(Width * Expansion, 1, Bias = false)]
        [Conv2d(Width * Expansion, 1, Stride = Stride, Bias = false, From = "input", Name = "downsample.0")]
        [Add("conv3"), ReLU]
        public static class Projection { public const int Width = 4, Stride = 1, Expansion = 2; }

        [Block]
        [Use(typeof(Projection), Width = Width, Stride = Stride, Name = "0")]
        [Use(typeof(Bottleneck), Width = Width, Repeat = Repeats, First = 1)]
        public static class Stage { public const int Width = 4, Stride = 1, Repeats = 2; }

        """;

    /// <summary>The declaration of the network <c>Net</c>, in source that compiles.</summary>
    public static NetworkSpec Spec(params string[] sources)
    {
        CSharpCompilation compilation = TestCompilation.Create(sources);
        Assert.Empty(TestCompilation.ErrorsOf(compilation));
        return Assert.IsType<NetworkDeclaration>(NetworkParser.Parse(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None)).Spec;
    }

    /// <summary>The graph of the network <c>Net</c>, without mistakes.</summary>
    public static NetworkGraph Build(params string[] sources)
    {
        GraphResult result = GraphBuilder.Build(Spec(sources));
        Assert.Empty(result.Problems);
        return Assert.IsType<NetworkGraph>(result.Graph);
    }

    /// <summary>The graph of a network with these attributes and blocks.</summary>
    public static NetworkGraph GraphOf(string attributes, string blocks) => Build(TestCompilation.Network(attributes), "using NetGen;\n" + blocks);

    public static string[] Names(NetworkGraph graph) => [.. graph.Nodes.Select(node => node.Name)];

    public static string[] ParameterNames(NetworkGraph graph) =>
    [
        .. graph.Nodes.SelectMany(node => node.Operator.Parameters(graph.InputShapesOf(node)).Select(parameter => parameter.NameIn(node.Name))),
    ];

    /// <summary>What each node reads, as <c>conv1(input)</c>.</summary>
    public static string[] Edges(NetworkGraph graph)
    {
        Dictionary<int, string> names = graph.Nodes.ToDictionary(node => node.Output, node => node.Name);
        names.TryAdd(graph.Input, "input");
        return [.. graph.Nodes.Select(node => $"{node.Name}({string.Join(", ", node.Inputs.Select(value => names[value]))})")];
    }
}
