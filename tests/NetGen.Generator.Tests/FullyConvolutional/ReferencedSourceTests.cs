using Microsoft.CodeAnalysis;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;
using static NetGen.Generator.Tests.Blocks.ReferencedBlockTests;

namespace NetGen.Generator.Tests.FullyConvolutional;

/// <summary>Networks of other assemblies as sources, of which metadata have the attributes, and the generator there has said the blocks.</summary>
public class ReferencedSourceTests
{
    private const string Library = """
        using NetGen;

        namespace Models;

        [Block, Conv2d(Width, 3, Bias = false), BatchNorm2d, ReLU]
        public static class Stage { public const int Width = 4; }

        /// <summary>All kinds of arguments.</summary>
        [Network(Training = false, Unroll = Unroll.Compact)]
        [Input(3, 12, 12, Layout = ImageLayout.Hwc, Mean = new[] { 0.5, 0.25, 0.125 }, Std = new[] { 2.0 })]
        [Use(typeof(Stage), Width = 8, Repeat = 2, Name = "body")]
        [LeakyReLU(0.2, Name = "a"), ReLU(From = "body"), Add("a")]
        [MaxPool2d(2), Linear(9), Dropout(0.25), Softmax]
        public sealed partial class Patches;
        """;

    private const string Derived = """
        using NetGen;

        [FullyConvolutional(typeof(Models.Patches), 31, 42)]
        public sealed partial class Net;
        """;

    [Fact]
    public void A_source_of_an_image_is_that_of_its_source()
    {
        NetworkGraph graph = GraphWith(Image(Library), Derived);
        Assert.Equal(Build(Library, Derived), graph);
        Assert.Equal(["body.0.conv1", "body.0.bn1", "body.0.relu1"], Names(graph).Take(3));
        Assert.Equal("9×10×16", graph.OutputShape.ToString());
    }

    [Fact]
    public void A_source_of_a_project_open_beside_is_the_same()
    {
        Compilation library = GeneratorRun.Of(TestCompilation.Create(Library).WithAssemblyName("Library")).Output;
        Assert.Equal(Build(Library, Derived), GraphWith(library.ToMetadataReference(), Derived));
    }

    [Fact]
    public void A_source_of_a_newer_library_is_another()
    {
        var compilation = TestCompilation.Create(Derived);
        GeneratorRun run = GeneratorRun.Of(compilation.AddReferences(Image(Library)))
            .Then(compilation.AddReferences(Image(Library.Replace("Linear(9)", "Linear(12)", StringComparison.Ordinal))));
        Assert.Equal([IncrementalStepRunReason.Modified], run.ReasonsOf(TrackingNames.Graph));
    }

    [Theory]
    [InlineData("Use(typeof(Stage), Name = \"x\")", "x: the block 'Stage' of 'Library' has no specification: it was built without NetGen's generator; reference NetGen there as here")]
    [InlineData("Conv2d(2, 9)", "kernel 9 is larger than the padded input 8×8 of conv1; the largest kernel is 8 (input 1×8×8)")]
    public void What_is_wrong_with_a_referenced_source_is_said_where_it_is_derived_from(string layer, string expected)
    {
        var library = TestCompilation.Create($"using NetGen; [Block, ReLU] public class Stage; [Network, Input(1, 8, 8), {layer}] public partial class From;").WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var compilation = TestCompilation.Create("using NetGen; [FullyConvolutional(typeof(From), 9, 9)] partial class Net;")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Diagnostic diagnostic = Assert.Single(AnalyzerRun.Of(compilation));
        Assert.Equal($"NETGEN121: The network 'From' of 'Library' cannot be derived from: {expected}", AnalyzerRun.Show(diagnostic));
        Assert.Equal("FullyConvolutional(typeof(From), 9, 9)", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }
}
