using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Diagnostics;

/// <summary>Everything that can be said about a declaration by value: the mistakes in the graph, the warnings about its code.</summary>
internal static class NetworkChecks
{
    public static IEnumerable<Problem> Run(NetworkSpec spec)
    {
        GraphResult result = GraphBuilder.Build(spec);
        return result.Problems.Concat(NetworkEmitter.Check(spec, result));
    }
}
