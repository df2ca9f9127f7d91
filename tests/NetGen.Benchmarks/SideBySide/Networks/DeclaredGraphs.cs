using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>The graphs of networks as the generator saw them, from the sources that this program was built of.</summary>
internal static class DeclaredGraphs
{
    private static readonly Lazy<CSharpCompilation> s_declarations = new(() => CSharpCompilation.Create(
        "Declarations",
        NetworkSources.All.Select(text => CSharpSyntaxTree.ParseText(text)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))));

    /// <summary>The graph of a network's class.</summary>
    /// <exception cref="InvalidOperationException">The class is declared in none of the sources, or with mistakes.</exception>
    public static NetworkGraph Of(Type network) =>
        s_declarations.Value.Assembly.GetTypeByMetadataName(network.FullName!) is { } type
        && NetworkParser.Parse(type, s_declarations.Value, default) is { } declaration
        && GraphBuilder.Build(declaration.Spec).Graph is { } graph
            ? graph
            : throw new InvalidOperationException($"{network.FullName} is not among the sources of networks that this program carries.");
}
