using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests.Incrementality;

/// <summary>An edit in the file of a block runs again what uses it, by whatever way, and nothing else.</summary>
public class BlockIncrementalityTests
{
    private static readonly string[] s_sources =
    [
        "using NetGen; [Network, Input(2, 8, 8), Use(typeof(Outer), Width = 3, Name = \"x\"), Linear(2)] partial class Net;",
        "using NetGen; [Network, Input(4), Linear(2)] partial class Alone;",
        "using NetGen; [Block, Use(typeof(Inner), Width = Width), ReLU] static class Outer { public const int Width = 4; }",
        "using NetGen; [Block, Conv2d(Width * Sizes.Two, 3)] static class Inner { public const int Width = 4; }",
        "static class Sizes { public const int Two = 2; public static int Other() => 1; }",
    ];

    // An edit of a file; then what becomes of the network, and of the two blocks as other assemblies see them.
    public static TheoryData<int, string, string, IncrementalStepRunReason, IncrementalStepRunReason, IncrementalStepRunReason> Edits => new()
    {
        { 3, "Width * Sizes.Two", "Width * 3", Modified, Cached, Modified },
        { 3, "Conv2d(Width * Sizes.Two, 3)", "Conv2d(Width * Sizes.Two, 3), Tanh", Modified, Cached, Modified },
        { 3, "Width * Sizes.Two", "Sizes.Two * Width", Modified, Cached, Modified },
        { 3, "const int Width = 4", "const int Width = 5", Modified, Cached, Modified },
        { 3, "Width * Sizes.Two", "(Width) * /* two */ 2", Cached, Cached, Cached },
        { 3, "{ public", "{ public static int Method() => 1; public", Cached, Cached, Cached },
        { 2, "Width = Width", "Width = Width + 1", Modified, Modified, Cached },
        { 2, "ReLU]", "ReLU, ReLU]", Modified, Modified, Cached },
        { 2, "using NetGen;", "using NetGen; // a comment\n", Cached, Cached, Cached },
        { 4, "Two = 2", "Two = 3", Modified, Cached, Modified },
        { 4, "() => 1", "() => 2", Cached, Cached, Cached },
        { 1, "Linear(2)", "Linear(2), Softmax", Cached, Cached, Cached },
        { 0, "Linear(2)", "Linear(3)", Modified, Cached, Cached },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_runs_again_what_it_concerns(
        int file, string before, string after, IncrementalStepRunReason network, IncrementalStepRunReason outer, IncrementalStepRunReason inner)
    {
        CSharpCompilation compilation = TestCompilation.Create(s_sources);
        SyntaxTree tree = compilation.SyntaxTrees[file];
        string edited = s_sources[file].Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(s_sources[file], edited);
        GeneratorRun run = GeneratorRun.Of(compilation)
            .Then(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath)));
        IncrementalStepRunReason alone = file == 1 ? Modified : Cached;
        foreach (string step in new[] { TrackingNames.Declaration, TrackingNames.Graph, TrackingNames.Schedule })
        {
            Assert.Equal([network, alone], run.ReasonsOf(step));
        }

        Assert.Equal([outer, inner], run.ReasonsOf(TrackingNames.Block));
        Assert.Equal(
            new[] { network, network, alone, alone, outer, inner }.Order(),
            run.ReasonsOfOutputs().Order());
    }
}
