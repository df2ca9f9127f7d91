using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// Reports what is wrong with declared networks and blocks, on the attribute at fault. It runs the same functions as the generator, which
/// reports nothing itself: a generator's diagnostics heed neither <c>#pragma</c> nor <c>.editorconfig</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // A class counts as generated as soon as one of its parts says so, and networks may come from other generators.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.Any(AttributeReader.IsBlock))
        {
            ReportBlock(context, type);
        }

        if (!attributes.Any(attribute => AttributeReader.IsNetwork(attribute) || AttributeReader.IsFullyConvolutional(attribute)))
        {
            ReportLayersWithoutNetwork(context, type, attributes);
        }
        else if (NetworkParser.Parse(type, context.Compilation, context.CancellationToken) is { } declaration)
        {
            Report(context, declaration);
        }
    }

    private static void ReportBlock(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var table = new BlockTable(context.Compilation, context.CancellationToken);
        table.Add(type);
        var blocks = new BlockCatalog(table.Read());
        if (!table.Declarations.TryGetValue(AttributeReader.KeyOf(type), out BlockDeclaration? block))
        {
            return;
        }

        foreach (Diagnostic problem in block.Problems)
        {
            context.ReportDiagnostic(problem);
        }

        foreach (Problem problem in BlockChecks.Run(block.Spec, blocks).Problems)
        {
            Report(context, problem, problem.Layer < 0 ? block.BlockLocation : block.LayerLocations[problem.Layer]);
        }
    }

    private static void ReportLayersWithoutNetwork(
        SymbolAnalysisContext context, INamedTypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        // An attribute that the compiler does not know may be [Network] misspelt.
        if (!attributes.Any(attribute => AttributeReader.IsUnresolved(attribute) || AttributeReader.IsBlock(attribute))
            && attributes.FirstOrDefault(AttributeReader.IsLayer) is { } layer
            && LayerAttributes.SyntaxOf(layer, context.CancellationToken) is { } syntax)
        {
            DiagnosticDescriptor descriptor = Descriptors.Get(DiagnosticIds.LayersWithoutNetwork);
            context.ReportDiagnostic(Diagnostic.Create(descriptor, syntax.GetLocation(), type.Name, AttributeReader.NameOf(layer)));
        }
    }

    private static void Report(SymbolAnalysisContext context, NetworkDeclaration declaration)
    {
        foreach (Diagnostic problem in declaration.ClassProblems)
        {
            context.ReportDiagnostic(problem);
        }

        foreach (Problem problem in NetworkChecks.Run(declaration.Spec))
        {
            // A network that is derived from another has no layers here.
            bool isOfLayer = problem.Layer >= 0 && problem.Layer < declaration.LayerLocations.Length;
            Report(context, problem, isOfLayer ? declaration.LayerLocations[problem.Layer] : declaration.NetworkLocation);
        }

        if (context.Compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
        {
            DiagnosticDescriptor descriptor = Descriptors.Get(DiagnosticIds.UnoptimizedCompilation);
            context.ReportDiagnostic(Diagnostic.Create(descriptor, declaration.NetworkLocation, declaration.Spec.Class.Name));
        }
    }

    private static void Report(SymbolAnalysisContext context, Problem problem, Location location)
    {
        object[] messageArguments = problem.MessageArguments.ToArray();
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.Get(problem.Id), location, messageArguments));
    }
}
