using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Incrementality;

/// <summary>
/// The models that the driver keeps from run to run hold nothing of the compiler's: a symbol would keep a whole compilation
/// alive and never equal the next run's, a location would change with every line typed above it.
/// </summary>
public class ModelTests
{
    private static readonly Type[] s_forbidden =
    [
        typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SyntaxReference), typeof(Location),
        typeof(SemanticModel), typeof(AttributeData), typeof(Diagnostic), typeof(AnalyzerConfigOptions), typeof(Delegate),
    ];

    [Fact]
    public void Nothing_in_the_models_is_the_compilers()
    {
        // Sound and faulty declarations, so that every kind of operator, argument and problem is met.
        GeneratorRun run = GeneratorRun.Of("""
            using NetGen;

            [Network, Input(4), Linear(0, Name = "a b"), Dropout(2), Loss(Loss.CrossEntropy, LabelSmoothing = 3)]
            partial class Faulty { public void Save(string path) { } }

            namespace A
            {
                partial class Outer
                {
                    [Network(Unroll = Unroll.Full)]
                    [Input(1, 28, 28)]
                    [Conv2d(6, 5, Padding = 2), ReLU]
                    [Conv2d(16, 5), ReLU]
                    [Linear(84, Bias = false)]
                    [Linear(10)]
                    [Use(typeof(Block), "Count", 3, Width = 4, Repeat = 2)]
                    internal partial class Sound;
                }

                [FullyConvolutional(typeof(Outer.Sound), 40, 40)]
                partial class Sliding;

                [Block, Linear(Width > 3 ? Width * Count : -Width, Bias = Width > 2), Dropout(0.5), Concat("fc1", "input")]
                class Block { const int Width = 1, Count = 1; }
            }
            """);
        foreach (string step in new[] { TrackingNames.Parse, TrackingNames.Declaration, TrackingNames.Graph, TrackingNames.Schedule, TrackingNames.Block })
        {
            object?[] models = run.ModelsOf(step).ToArray();
            Assert.Equal(step == TrackingNames.Block ? 1 : 3, models.Length);
            Assert.All(models, model => Walk(model, step, new HashSet<object>(ReferenceEqualityComparer.Instance)));
        }
    }

    [Fact]
    public void The_walk_finds_what_is_forbidden()
    {
        SyntaxNode node = CSharpSyntaxTree.ParseText("class A;").GetRoot();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Walk(new { Deep = new[] { Tuple.Create<object>(node) } }, "", []));
    }

    private static void Walk(object? model, string path, HashSet<object> seen)
    {
        if (model is null or string or Enum || model.GetType().IsPrimitive || !seen.Add(model))
        {
            return;
        }

        Assert.All(s_forbidden, type => Assert.False(type.IsAssignableFrom(model.GetType()), $"{path} is a {model.GetType()}"));
        if (model is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, path + "[]", seen);
            }
        }

        for (Type? type = model.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(model), $"{path}.{field.Name}", seen);
            }
        }
    }
}
