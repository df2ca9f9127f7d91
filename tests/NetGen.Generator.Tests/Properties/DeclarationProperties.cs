using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.FSharp.Core;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Properties;

/// <summary>Whatever is declared, nothing throws and nothing is generated that does not compile.</summary>
public class DeclarationProperties
{
    private const int ClassesTogether = 8;
    private const int EmittedDeclarations = 5000;
    private const int MostTaps = 100;
    private const int MostPhases = 64;

    [Fact]
    public void Thousands_of_declarations_give_a_graph_or_the_reasons_why_there_is_none()
    {
        int sound = 0;
        Check(8000, Gen.OneOf(RandomClass.Sane, RandomClass.Insane), RandomClass.Shrink, declared =>
        {
            NetworkSpec spec = declared.Spec();
            GraphResult result = GraphBuilder.Build(spec);
            Assert.Equal(result, GraphBuilder.Build(spec));
            Assert.All(result.Problems, problem => CheckProblem(problem, spec));
            bool hasErrors = result.Problems.Any(problem => Descriptors.Get(problem.Id).DefaultSeverity == DiagnosticSeverity.Error);
            Assert.Equal(hasErrors, result.Graph is null);
            if (result.Graph is { } graph)
            {
                CheckGraph(graph);
                sound++;
            }
        });

        // The draw is worth something only if it has plenty of both.
        Assert.InRange(sound, 2000, 6000);
    }

    [Fact]
    public void Whatever_the_layers_their_code_is_written_and_can_be_read()
    {
        int written = 0;
        Check(EmittedDeclarations, Gen.Frequency((4, RandomClass.Sane), (1, RandomClass.Insane)), RandomClass.Shrink, declared =>
        {
            NetworkSpec spec = declared.Spec();
            GraphResult result = GraphBuilder.Build(spec);
            if (result.Graph is { } graph && !graph.Nodes.All(HasBoundedCode))
            {
                return;
            }

            bool fits = result.Graph is not null && !NetworkEmitter.Check(spec, result).Any(problem => problem.Id == DiagnosticIds.MemoryTooLarge);
            NetworkSchedule? schedule = NetworkEmitter.TrySchedule(spec, result);
            ParseWithoutErrors(NetworkEmitter.EmitSurface(spec, result, schedule));
            SyntaxNode kernels = ParseWithoutErrors(NetworkEmitter.EmitKernels(spec, schedule));
            Assert.Equal(fits, kernels.DescendantNodes().Any());
            Assert.Empty(TypesNamedIn(kernels).Except(KernelLibrary.TypeNames));
            written += fits ? 1 : 0;
        });
        Assert.True(written > EmittedDeclarations / 3, $"{written} of {EmittedDeclarations}");
    }

    [Fact]
    public void Whatever_the_class_generated_code_adds_no_error()
    {
        Gen<IReadOnlyList<RandomClass>> classes = Gen.Frequency((1, RandomClass.Sane), (3, RandomClass.Insane))
            .ListOf(ClassesTogether)
            .Select(list => (IReadOnlyList<RandomClass>)list.ToArray());
        Check(40, classes, RandomClass.Without, declared =>
        {
            CSharpCompilation compilation = TestCompilation.Create(
                "using NetGen;\n" + string.Join("\n", declared.Select((network, index) => network.Source(index))));
            GeneratorRun run = GeneratorRun.Of(compilation);
            AnalyzerRun.Of(run);
            string[] own = TestCompilation.ErrorsOf(compilation).Select(error => error.ToString()).ToArray();
            string[] added = TestCompilation.ErrorsOf(run.Output).Select(error => error.ToString()).Except(own).ToArray();
            Assert.True(added.Length == 0, string.Join("\n", added));
        });
    }

    /// <summary>
    /// Whether a layer's code is bounded: that of a convolution grows with the taps of its window and the phases of its stride, and
    /// declarations far off any network would take minutes. Everything else is loops, whatever the sizes.
    /// </summary>
    private static bool HasBoundedCode(Node node)
    {
        Window2d? window = node.Operator switch
        {
            Conv2dOp convolution => convolution.Window,
            ConvTranspose2dOp transposed => transposed.Window,
            MaxPool2dOp pool => pool.Window,
            AvgPool2dOp pool => pool.Window,
            _ => null,
        };
        return window is null || ((long)window.KernelH * window.KernelW <= MostTaps && (long)window.StrideH * window.StrideW <= MostPhases);
    }

    private static SyntaxNode ParseWithoutErrors(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source);
        Assert.Empty(tree.GetDiagnostics());
        return tree.GetRoot();
    }

    /// <summary>The types that are named without their namespace: capital letters that belong to no method here and follow no dot.</summary>
    private static IEnumerable<string> TypesNamedIn(SyntaxNode kernels)
    {
        HashSet<string> methods = [.. kernels.DescendantNodes().OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText)];
        return kernels.DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax)
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name))
            .Select(name => name.Identifier.ValueText)
            .Where(name => char.IsUpper(name[0]) && !methods.Contains(name))
            .Distinct();
    }

    private static void CheckProblem(Problem problem, NetworkSpec spec)
    {
        Assert.InRange(problem.Layer, -1, spec.Layers.Count - 1);
        Diagnostic diagnostic = Diagnostic.Create(Descriptors.Get(problem.Id), Location.None, problem.MessageArguments.ToArray<object>());

        // Every argument of the format is there: otherwise the format itself would be shown.
        string format = Descriptors.Get(problem.Id).MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(!format.Contains("{0}", StringComparison.Ordinal) || diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture) != format);
    }

    private static void CheckGraph(NetworkGraph graph)
    {
        Assert.All(graph.Values, value => Assert.True(value.Shape is { Channels: > 0, Height: > 0, Width: > 0 }));
        Assert.All(graph.Values, value => Assert.True(GraphLimits.StoredLength(value.Shape) < GraphLimits.ValueElements));
        Assert.All(graph.Nodes, node => Assert.Equal(graph.Values[node.Output].Shape, node.Operator.InferShape(graph.InputShapesOf(node))));
        Assert.All(graph.Nodes, node => Assert.True(node.Operator.MultiplyAdds(graph.InputShapesOf(node)) >= 0));
        Assert.Equal(graph.Nodes.Count, graph.Nodes.Select(node => node.Name).Distinct().Count());
        long parameters = graph.Nodes.SelectMany(node => node.Operator.Parameters(graph.InputShapesOf(node))).Sum(GraphLimits.Length);
        Assert.InRange(parameters, 0, int.MaxValue);
    }

    /// <summary>Runs a property on the same values every time.</summary>
    private static void Check<T>(int count, Gen<T> values, Func<T, IEnumerable<T>> shrink, Action<T> property)
    {
        var replay = new Replay(new Rnd(20_250_101, 1), FSharpOption<int>.None);
        Config config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(replay));
        FsCheck.Check.One(config, Prop.ForAll(Arb.From(values, shrink), property));
    }
}
