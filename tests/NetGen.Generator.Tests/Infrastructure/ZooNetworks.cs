using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using Xunit;

namespace NetGen.Generator.Tests.Infrastructure;

/// <summary>The networks of <c>samples/Zoo</c>.</summary>
internal static class ZooNetworks
{
    private static readonly Lazy<CSharpCompilation> s_zoo = new(() => TestCompilation.Create(
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Zoo"), "*.cs").Select(File.ReadAllText)]));

    public static TheoryData<string> Names =>
    [
        "LeNet5", "MnistCnn", "SmallVgg", "ResNet20", "AlexNet", "Vgg11", "Vgg16", "Vgg19", "SqueezeNet", "GoogLeNet", "ResNet18", "ResNet34",
        "ResNet50", "ResNet101", "ResNet152", "DenseNet121", "MobileNetV2", "UNet", "SentenceCnn",
    ];

    /// <summary>The declaration of a network and its graph.</summary>
    public static (NetworkSpec Spec, GraphResult Result) Read(string name)
    {
        INamedTypeSymbol type = s_zoo.Value.GetTypeByMetadataName("Samples.Zoo." + name)!;
        NetworkSpec spec = NetworkParser.Parse(type, s_zoo.Value, CancellationToken.None)!.Spec;
        GraphResult result = GraphBuilder.Build(spec);
        Assert.Empty(result.Problems);
        return (spec, result);
    }
}
