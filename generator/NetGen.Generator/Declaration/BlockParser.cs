using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Declaration;

/// <summary>Reads a block's class and attributes. Never throws, whatever the source.</summary>
internal static class BlockParser
{
    private const string Known = "what depends on a parameter is made of int constants with + - * / %, shifts, bit operations, comparisons, && || ! and ?:";

    /// <summary>The declaration of a block of this project; null for a type that is none.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="table">Takes the blocks that it uses.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static BlockDeclaration? Parse(INamedTypeSymbol type, Compilation compilation, BlockTable table, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.FirstOrDefault(AttributeReader.IsBlock) is not { } block
            || LayerAttributes.SyntaxOf(block, cancellation) is not { } blockSyntax
            || blockSyntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration)
        {
            return null;
        }

        var problems = new ClassProblems();
        var layers = new List<LayerSpec>();
        var locations = new List<Location>();
        var expressions = new BlockExpressions(type, compilation, cancellation);
        EquatableArray<BlockParameter> parameters = ReadParameters(type, expressions, problems);
        AttributeData? network = attributes.FirstOrDefault(AttributeReader.IsNetwork);
        foreach ((AttributeData attribute, AttributeSyntax syntax) in LayerAttributes.InSourceOrder(attributes, declaration, cancellation))
        {
            bool isLayer = AttributeReader.IsLayer(attribute);
            string name = AttributeReader.NameOf(attribute);
            if (isLayer && BlockExpansion.IsOfNetwork(name))
            {
                // On a class that is a network as well they are in their place.
                if (network is null)
                {
                    problems.AddPreventing(DiagnosticIds.NotInBlock, syntax.GetLocation(), type.Name, name);
                }

                isLayer = false;
            }

            table.AddUsed(attribute);
            layers.Add(isLayer
                ? BlockArguments.Read(attribute, syntax, expressions, (argument, value) => Report($"[{name}]", argument, value, syntax), cancellation)
                : LayerSpec.Unresolved);
            locations.Add(syntax.GetLocation());
        }

        if (network is not null)
        {
            problems.AddPreventing(
                DiagnosticIds.NotInBlock, LayerAttributes.SyntaxOf(network, cancellation)?.GetLocation() ?? Location.None, type.Name, "Network");
        }

        bool hasOthers = LayerAttributes.ReportElsewhere(type, attributes, declaration, "Block", problems, cancellation);
        if (hasOthers || problems.PreventEmission)
        {
            layers.Add(LayerSpec.Unresolved);
            locations.Add(blockSyntax.GetLocation());
        }

        return new BlockDeclaration(
            new BlockSpec(AttributeReader.KeyOf(type), BlockState.Read, IsReferenced: false, parameters, layers.ToEquatableArray()),
            declaration,
            blockSyntax.GetLocation(),
            locations.ToImmutableArray(),
            problems.Diagnostics.ToImmutableArray());

        void Report(string place, string argument, ExpressionSyntax value, SyntaxNode location) =>
            problems.AddPreventing(DiagnosticIds.BlockArgument, location.GetLocation(), place, "", $"{argument} = {Shorten(value)} cannot be followed; {Known}");
    }

    /// <summary>The parameters, each after those that its default depends on.</summary>
    private static EquatableArray<BlockParameter> ReadParameters(INamedTypeSymbol type, BlockExpressions expressions, ClassProblems problems)
    {
        var parameters = new List<BlockParameter>();
        var waiting = new List<BlockParameter>();
        foreach (IFieldSymbol constant in type.GetMembers().OfType<IFieldSymbol>().Where(BlockExpressions.IsParameter))
        {
            int value = constant.ConstantValue is int known ? known : 0;
            IntegerExpression? expression = new IntegerConstant(value);
            if (expressions.InitializerOf(constant) is { } initializer && expressions.DependsOnParameters(initializer))
            {
                expression = expressions.Read(initializer);
                if (expression is null)
                {
                    problems.AddPreventing(
                        DiagnosticIds.BlockArgument, initializer.GetLocation(), type.Name, "", $"{constant.Name} = {Shorten(initializer)} cannot be followed; {Known}");
                }
            }

            waiting.Add(new BlockParameter(constant.Name, expression ?? new IntegerConstant(value)));
        }

        var ready = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.FindIndex(parameter => parameter.Default.Parameters.All(ready.Contains)) is >= 0 and int next)
        {
            ready.Add(waiting[next].Name);
            parameters.Add(waiting[next]);
            waiting.RemoveAt(next);
        }

        // Constants that go round in a circle are the compiler's to report.
        parameters.AddRange(waiting.Select(parameter => parameter with { Default = new IntegerConstant(0) }));
        return parameters.ToEquatableArray();
    }

    private static string Shorten(ExpressionSyntax expression)
    {
        const int Most = 60;
        string text = string.Join(" ", expression.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > Most ? text.Substring(0, Most) + "…" : text;
    }
}
