using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests.Infrastructure;

/// <summary>Compilations of user code against the runtime.</summary>
internal static class TestCompilation
{
    private static readonly MetadataReference[] s_references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "NetGen.dll"))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    public static CSharpCompilation Create(params string[] sources) => Create(LanguageVersion.Latest, OptimizationLevel.Release, sources);

    public static CSharpCompilation Create(LanguageVersion version, OptimizationLevel optimization, params string[] sources)
    {
        var parsing = new CSharpParseOptions(version);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimization,
            nullableContextOptions: version >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable);
        IEnumerable<SyntaxTree> trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parsing, $"File{index}.cs"));
        return CSharpCompilation.Create("Tests", trees, s_references, options);
    }

    /// <summary>A library of the strictest kind: every warning an error, everything documented, no unsafe code.</summary>
    public static CSharpCompilation CreateStrict(NullableContextOptions nullable, params string[] sources)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            warningLevel: int.MaxValue,
            generalDiagnosticOption: ReportDiagnostic.Error,
            nullableContextOptions: nullable);
        IEnumerable<SyntaxTree> trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parsing, $"File{index}.cs"));
        return CSharpCompilation.Create("Tests", trees, s_references, options);
    }

    /// <summary>The source of a network with these attributes: <c>[Input(4), Linear(2)]</c>.</summary>
    public static string Network(string attributes) => $$"""
        using NetGen;

        [Network]
        {{attributes}}
        public sealed partial class Net;
        """;

    public static IEnumerable<Diagnostic> ErrorsOf(Compilation compilation) =>
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
