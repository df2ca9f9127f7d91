using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests.Incrementality;

/// <summary>What each edit makes run again. Nothing runs again for what does not concern a network.</summary>
public class IncrementalityTests
{
    private const string Network = """
        using NetGen;

        namespace Models;

        [Network]
        [Input(1, 8, 8)]
        [Conv2d(2, Sizes.Kernel), ReLU]
        [Linear(3)]
        public sealed partial class Net
        {
            public int Own() => 1;
        }
        """;

    private const string Other = """
        namespace Models;

        public static class Sizes
        {
            public const int Kernel = 3;

            public static int Unrelated() => 1;
        }
        """;

    // An edit replaces one text by another; then the reasons expected of the attribute transform, of the declaration
    // and the graph made of it, and of the two files.
    public static TheoryData<string, string, IncrementalStepRunReason, IncrementalStepRunReason, IncrementalStepRunReason> Edits => new()
    {
        { "Unrelated() => 1", "Unrelated() => 2", Unchanged, Cached, Cached },
        { "public static class Sizes", "// a comment\npublic static class Sizes", Unchanged, Cached, Cached },
        { "Own() => 1", "Own() => 2", Unchanged, Cached, Cached },
        { "Own()", "Renamed()", Unchanged, Cached, Cached },
        { "[Linear(3)]", "[Linear(  1 + 2  )] // three", Unchanged, Cached, Cached },
        { "[Conv2d(2, Sizes.Kernel), ReLU]", "[Conv2d(2, 3)]\n[ReLU]", Unchanged, Cached, Cached },
        { "public sealed partial", "public partial", Unchanged, Cached, Cached },
        { "[Network]", "[Network, System.Obsolete]", Unchanged, Cached, Cached },
        { "[Network]", "// <summary>\n[Network]", Modified, Modified, Modified },
        { "[Linear(3)]", "[Linear(4)]", Modified, Modified, Modified },
        { "Kernel = 3", "Kernel = 5", Modified, Modified, Modified },
        { "[Network]", "[Network(Training = false)]", Modified, Modified, Modified },
        { "[Linear(3)]", "[Linear(3), Softmax]", Modified, Modified, Modified },
        { "[Linear(3)]", "[Linear(0)]", Modified, Modified, Modified },
        { "Own()", "Save(string path)", Modified, Modified, Modified },
        { "class Net", "class Renamed", Modified, Modified, Modified },
        { "namespace Models", "namespace Renamed", Modified, Modified, Modified },
        { "[Network]", "", Removed, Removed, Removed },
        { "partial class Net", "class Net", Modified, Removed, Removed },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_runs_again_what_it_concerns(
        string before, string after, IncrementalStepRunReason parse, IncrementalStepRunReason models, IncrementalStepRunReason outputs)
    {
        CSharpCompilation compilation = TestCompilation.Create(Network, Other);
        GeneratorRun run = GeneratorRun.Of(compilation).Then(Edit(compilation, before, after));
        Assert.Equal([parse], run.ReasonsOf(TrackingNames.Parse));
        Assert.Equal([models], run.ReasonsOf(TrackingNames.Declaration));
        Assert.Equal([models], run.ReasonsOf(TrackingNames.Graph));
        Assert.Equal([models], run.ReasonsOf(TrackingNames.Schedule));
        Assert.Equal([outputs, outputs], run.ReasonsOfOutputs());
    }

    [Fact]
    public void Another_network_leaves_the_first_alone()
    {
        CSharpCompilation compilation = TestCompilation.Create(Network, Other);
        GeneratorRun run = GeneratorRun.Of(compilation)
            .Then(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(TestCompilation.Network("[Input(4), Linear(2)]"))));
        Assert.Equal([New, Cached], run.ReasonsOf(TrackingNames.Declaration).Order());
        Assert.Equal([New, Cached], run.ReasonsOf(TrackingNames.Graph).Order());
        Assert.Equal([New, New, Cached, Cached], run.ReasonsOfOutputs().Order());
    }

    [Fact]
    public void A_reference_more_leaves_the_networks_alone()
    {
        CSharpCompilation compilation = TestCompilation.Create(Network, Other);
        CSharpCompilation library = CSharpCompilation.Create("Library", references: compilation.References);
        GeneratorRun run = GeneratorRun.Of(compilation).Then(compilation.AddReferences(library.ToMetadataReference()));
        Assert.Equal([Unchanged], run.ReasonsOf(TrackingNames.Parse));
        Assert.Equal([Cached], run.ReasonsOf(TrackingNames.Graph));
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, string before, string after)
    {
        int edits = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            string text = tree.ToString();
            if (text.Contains(before, StringComparison.Ordinal))
            {
                string edited = text.Replace(before, after, StringComparison.Ordinal);
                compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath));
                edits++;
            }
        }

        Assert.NotEqual(0, edits);
        return compilation;
    }
}
