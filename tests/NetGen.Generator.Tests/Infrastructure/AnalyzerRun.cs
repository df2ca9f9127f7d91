using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Infrastructure;

/// <summary>Runs the analyzer as the compiler does: over the user's code together with what the generator adds to it.</summary>
internal static class AnalyzerRun
{
    public static Diagnostic[] Of(CSharpCompilation compilation) => Of(GeneratorRun.Of(compilation));

    public static Diagnostic[] Of(GeneratorRun run)
    {
        var diagnostics = run.Output.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

        // An exception in an analyzer is a diagnostic, AD0001.
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id)
            .ToArray();
    }

    /// <summary>Demands exactly these diagnostics, one at each mark in order, and that everything compiles, generated code included.</summary>
    /// <param name="marked">The source.</param>
    /// <param name="expected">Number and message, as <c>NETGEN020: The network has no [Input]; …</c>.</param>
    public static void Expect(string marked, params string[] expected) => Expect(LanguageVersion.Latest, OptimizationLevel.Release, marked, expected);

    public static void Expect(LanguageVersion version, OptimizationLevel optimization, string marked, params string[] expected)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(version, optimization, source.Text));
        Diagnostic[] diagnostics = Of(run);
        Assert.Equal(expected, diagnostics.Select(Show));
        Assert.Equal(source.Spans.Order(), diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.Empty(TestCompilation.ErrorsOf(run.Output));
    }

    public static string Show(Diagnostic diagnostic) => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
