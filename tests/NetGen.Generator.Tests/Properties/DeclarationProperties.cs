using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.FSharp.Core;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Properties;

/// <summary>Whatever is declared, nothing throws and nothing is generated that does not compile.</summary>
public class DeclarationProperties
{
    private const int ClassesTogether = 8;

    [Fact]
    public void Thousands_of_declarations_give_a_graph_or_the_reasons_why_there_is_none()
    {
        int sound = 0;
        Check(8000, Gen.OneOf(RandomClass.Sane, RandomClass.Insane), RandomClass.Shrink, declared =>
        {
            NetworkSpec spec = Specs.Network(declared.Layers.Select(layer => layer.Spec()).ToArray());
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
