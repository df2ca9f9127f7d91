using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>Blocks of other assemblies, of which a network sees what the generator said there.</summary>
public class ReferencedBlockTests
{
    private const string Library = """
        using NetGen;

        namespace Models;

        public static class Outer
        {
            [Block]
            [Conv2d(Width, 3, Padding = 1, Bias = false), ReLU, Conv2d(Width * Expansion, 1, Bias = Width > 4), Dropout(0.25), LeakyReLU(0.2)]
            public static class Inner { public const int Width = 4, Expansion = 2; }
        }

        [Block]
        [Use(typeof(Outer.Inner), Width = Width, Expansion = Triple / Width, Repeat = Repeats)]
        [Conv2d(Width, 1, Name = "proj"), Add("input")]
        public static class Stage { public const int Width = 4, Repeats = 1; private const int Triple = 3 * Width; }
        """;

    private const string Network = """
        using NetGen;

        [Network, Input(8, 6, 6), Use(typeof(Models.Stage), "Repeats", 2, Width = 8, Name = "layer1"), Linear(3)]
        partial class Net;
        """;

    [Fact]
    public void Blocks_of_an_image_are_those_of_its_source()
    {
        MetadataReference library = Image(Library);
        NetworkGraph graph = GraphWith(library, Network);
        Assert.Equal(Build(Library, Network), graph);
        Assert.Equal(
            ["layer1.0.conv1.weight", "layer1.0.conv2.weight", "layer1.0.conv2.bias", "layer1.1.conv1.weight", "layer1.1.conv2.weight", "layer1.1.conv2.bias",
                "layer1.proj.weight", "layer1.proj.bias", "fc1.weight", "fc1.bias"],
            ParameterNames(graph));
    }

    [Fact]
    public void Blocks_of_a_project_open_beside_are_the_same()
    {
        Compilation library = GeneratorRun.Of(TestCompilation.Create(Library).WithAssemblyName("Library")).Output;
        Assert.Equal(Build(Library, Network), GraphWith(library.ToMetadataReference(), Network));
    }

    [Fact]
    public void Blocks_go_through_several_assemblies()
    {
        MetadataReference library = Image(Library);
        MetadataReference middle = Image("""
            [NetGen.Block, NetGen.Use(typeof(Models.Stage), "Repeats", Repeats - 1, Width = 8, Name = "s"), NetGen.ReLU] public class Middle { public const int Repeats = 2; }
            """, "Middle", library);
        CSharpCompilation compilation = TestCompilation.Create("""
            using NetGen;

            [Block, Use(typeof(Middle), "Repeats", N, Name = "")] class Own { public const int N = 1; }

            [Network, Input(8, 6, 6), Use(typeof(Own), "N", 3, Name = "x")]
            partial class Net;
            """).AddReferences(library, middle);
        GeneratorRun run = GeneratorRun.Of(compilation);
        Assert.Empty(AnalyzerRun.Of(run));
        Assert.Equal(["x.s.0.conv1", "x.s.1.conv1"], Names(GraphOf(run)).Where(name => name.EndsWith(".conv1", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_emitted_is_an_attribute_of_the_assembly()
    {
        GeneratorRun run = GeneratorRun.Of(Library);
        Assert.Equal(["Models.Outer-Inner.Block.g.cs", "Models.Stage.Block.g.cs"], run.HintNames.Order());
        Assert.Empty(TestCompilation.ErrorsOf(run.Output));
        AttributeData[] said = [.. run.Output.Assembly.GetAttributes().Where(attribute => attribute.AttributeClass!.Name == "BlockSpecificationAttribute")];
        Assert.Equal(["Models.Outer+Inner", "Models.Stage"], said.Select(attribute => attribute.ConstructorArguments[0].Value).Order());
        Assert.Equal(
            "1 3 Width 4 Repeats 1 Triple * 3 $ Width 3 "
            + "Use 5 block b Models.Outer+Inner,\\0020Tests parameters V 0 Width i $ Width Expansion i / $ Triple $ Width Repeat i $ Repeats "
            + "Conv2d 3 outChannels i $ Width kernelSize i 1 Name t proj Add 1 layers T 1 input",
            said.Single(attribute => (string?)attribute.ConstructorArguments[0].Value == "Models.Stage").ConstructorArguments[1].Value);
    }

    [Theory]
    [InlineData("[Block, Input(4), ReLU] class Faulty;")]
    [InlineData("[Block, Linear(3, 4)] class Faulty;")]
    [InlineData("[Block, ReLU] file class Hidden;")]
    public void A_block_that_others_cannot_use_says_nothing(string source) => Assert.Empty(GeneratorRun.Of("using NetGen; " + source).HintNames);

    [Theory]
    [InlineData(null, "NETGEN094: x: the block 'Stage' of 'Library' has no specification: it was built without NetGen's generator; reference NetGen there as here")]
    [InlineData("1 0 0 more", "NETGEN094: x: the block 'Stage' of 'Library' has a specification that this version of NetGen cannot read; reference the same version in every project")]
    [InlineData("2 0 0", "NETGEN094: x: the block 'Stage' of 'Library' has a specification that this version of NetGen cannot read; reference the same version in every project")]
    [InlineData(
        "1 0 1 Use 1 block b Stage,\\0020Library",
        "NETGEN097: x: the block would be in itself without end, Stage → Stage; remove one of these uses")]
    [InlineData(
        "1 0 1 Use 1 block b Missing,\\0020Elsewhere",
        "NETGEN094: x.block1 in block Stage: the block 'Missing' of 'Elsewhere' has no specification: it was built without NetGen's generator; reference NetGen there as here")]
    [InlineData("1 0 1 ReLU 1 From t relu7", "NETGEN052: x.relu1 in block Stage: no layer is named 'relu7'; before it there are 'input'")]
    [InlineData("1 0 2 ReLU 1 Name t a ReLU 1 Name t a", "NETGEN050: The name 'a' is already that of layer 1, [ReLU]; choose another")]
    [InlineData("1 0 1 ReLU9 0", "NETGEN024: This version of the generator does not know [ReLU9]; reference the same version of NetGen in every project")]
    public void What_is_wrong_with_a_referenced_block_is_said_where_it_is_used(string? specification, string expected)
    {
        string said = specification is null ? "" : $"[assembly: NetGen.CompilerServices.BlockSpecification(\"Stage\", @\"{specification}\")]";
        CSharpCompilation library = TestCompilation.Create($"{said} [NetGen.Block, NetGen.ReLU] public class Stage;").WithAssemblyName("Library");
        CSharpCompilation compilation = TestCompilation.Create("""
            using NetGen;

            [Network, Input(4), Use(typeof(Stage), Name = "x")]
            partial class Net;
            """).AddReferences(library.ToMetadataReference());
        Diagnostic diagnostic = Assert.Single(AnalyzerRun.Of(compilation));
        Assert.Equal(expected, AnalyzerRun.Show(diagnostic));
        Assert.Equal("Use(typeof(Stage), Name = \"x\")", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [Fact]
    public void A_block_of_a_newer_library_is_another_declaration()
    {
        CSharpCompilation compilation = TestCompilation.Create(Network);
        MetadataReference before = Image(Library);
        MetadataReference after = Image(Library.Replace("Width * Expansion", "Width * Expansion * 2", StringComparison.Ordinal));
        GeneratorRun run = GeneratorRun.Of(compilation.AddReferences(before)).Then(compilation.AddReferences(after));
        Assert.Equal([IncrementalStepRunReason.Modified], run.ReasonsOf(TrackingNames.Graph));
    }

    internal static PortableExecutableReference Image(string source, string name = "Library", params MetadataReference[] references)
    {
        Compilation output = GeneratorRun.Of(TestCompilation.Create(source).WithAssemblyName(name).AddReferences(references)).Output;
        using var image = new MemoryStream();
        Assert.Empty(output.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    internal static NetworkGraph GraphWith(MetadataReference library, string source) =>
        GraphOf(GeneratorRun.Of(TestCompilation.Create(source).AddReferences(library)));

    private static NetworkGraph GraphOf(GeneratorRun run)
    {
        Assert.Empty(TestCompilation.ErrorsOf(run.Output));
        var network = Assert.IsType<NetworkGenerator.Network>(Assert.Single(run.ModelsOf(TrackingNames.Graph)));
        Assert.Empty(network.Result.Problems);
        return Assert.IsType<NetworkGraph>(network.Result.Graph);
    }
}
