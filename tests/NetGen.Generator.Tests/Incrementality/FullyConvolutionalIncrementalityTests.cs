using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests.Incrementality;

/// <summary>An edit of a network runs again what is derived from it, and nothing else.</summary>
public class FullyConvolutionalIncrementalityTests
{
    private static readonly string[] s_sources =
    [
        "using NetGen; [Network, Input(2, 8, 8), Use(typeof(Stage), Width = 3), Linear(2)] partial class Source;",
        "using NetGen; [FullyConvolutional(typeof(Source), Sizes.Page, 20)] partial class Derived;",
        "using NetGen; [Block, Conv2d(Width, 3)] static class Stage { public const int Width = 4; }",
        "static class Sizes { public const int Page = 20; public static int Other() => 1; }",
        "using NetGen; [Network, Input(4), Linear(2)] partial class Unrelated;",
    ];

    // An edit of a file; then what becomes of the source, of what is derived from it, and of the network beside.
    public static TheoryData<int, string, string, IncrementalStepRunReason, IncrementalStepRunReason, IncrementalStepRunReason> Edits => new()
    {
        { 0, "Linear(2)", "Linear(3)", Modified, Modified, Cached },
        { 0, "Linear(2)", "Linear(2), Softmax", Modified, Modified, Cached },
        { 0, "Linear(2)", "Linear(1 + 1) /* two */", Cached, Cached, Cached },
        { 0, "[Network,", "[Network(Training = false),", Modified, Cached, Cached },
        { 0, "partial class Source;", "partial class Source { int Own() => 1; }", Cached, Cached, Cached },
        { 0, "partial class Source;", "partial class Source { public void Save(string path) { } }", Modified, Cached, Cached },
        { 1, "20)", "21)", Cached, Modified, Cached },
        { 1, "partial class Derived;", "partial class Derived { int Own() => 1; }", Cached, Cached, Cached },
        { 2, "Conv2d(Width, 3)", "Conv2d(Width, 5)", Modified, Modified, Cached },
        { 2, "{ public", "{ public static int Method() => 1; public", Cached, Cached, Cached },
        { 3, "Page = 20", "Page = 24", Cached, Modified, Cached },
        { 3, "() => 1", "() => 2", Cached, Cached, Cached },
        { 4, "Linear(2)", "Linear(3)", Cached, Cached, Modified },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_runs_again_what_it_concerns(
        int file, string before, string after, IncrementalStepRunReason source, IncrementalStepRunReason derived, IncrementalStepRunReason unrelated)
    {
        CSharpCompilation compilation = TestCompilation.Create(s_sources);
        SyntaxTree tree = compilation.SyntaxTrees[file];
        string edited = s_sources[file].Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(s_sources[file], edited);
        GeneratorRun run = GeneratorRun.Of(compilation)
            .Then(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath)));
        foreach (string step in new[] { TrackingNames.Declaration, TrackingNames.Graph, TrackingNames.Schedule })
        {
            Assert.Equal([source, unrelated, derived], run.ReasonsOf(step));
        }
    }

    [Fact]
    public void A_class_with_both_attributes_is_generated_once()
    {
        GeneratorRun run = GeneratorRun.Of(
            "using NetGen; [Network, Input(1, 4, 4), Linear(2), FullyConvolutional(typeof(Net), 9, 9)] partial class Net;");
        Assert.Equal(["Net.Kernels.g.cs", "Net.g.cs"], run.HintNames.Order(StringComparer.Ordinal));
    }
}
