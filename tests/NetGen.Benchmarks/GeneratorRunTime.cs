using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.Benchmarks;

/// <summary>How long the generator takes for LeNet-5: in a build, and after an edit while the user types.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class GeneratorRunTime
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Latest);

    private readonly CSharpCompilation _compilation;
    private readonly CSharpCompilation _afterUnrelatedEdit;
    private readonly CSharpCompilation _afterLayerEdit;

    // A driver never changes: running it gives a new one, so every call below starts from the same cache.
    private readonly GeneratorDriver _warm;

    public GeneratorRunTime()
    {
        const string Layer = "[Linear(84)";
        string declaration = NetworkSources.TextOf("LeNet5");
        if (!declaration.Contains(Layer, StringComparison.Ordinal)) throw new InvalidOperationException($"LeNet-5 has no layer {Layer}.");

        SyntaxTree network = Parse(declaration), other = Parse("internal static class Other { public const int Value = 1; }");
        _compilation = CSharpCompilation.Create(
            "LeNet5", [network, other], References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _afterUnrelatedEdit = _compilation.ReplaceSyntaxTree(other, Parse("internal static class Other { public const int Value = 2; }"));
        _afterLayerEdit = _compilation.ReplaceSyntaxTree(network, Parse(declaration.Replace(Layer, "[Linear(85)", StringComparison.Ordinal)));
        _warm = NewDriver().RunGenerators(_compilation);
    }

    /// <summary>Everything from the attributes to the emitted text.</summary>
    [Benchmark(Baseline = true)]
    public GeneratorDriver Cold() => NewDriver().RunGenerators(_compilation);

    /// <summary>After an edit in another file.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_afterUnrelatedEdit);

    /// <summary>After an edit of a layer.</summary>
    [Benchmark]
    public GeneratorDriver LayerEdit() => _warm.RunGenerators(_afterLayerEdit);

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parsing);

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parsing);

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "NetGen.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));
}
