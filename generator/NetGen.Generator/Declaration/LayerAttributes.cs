using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Declaration;

/// <summary>Finds the attributes that make up a network or a block.</summary>
internal static class LayerAttributes
{
    /// <summary>Where an attribute is written; null for one that is not written in source.</summary>
    public static AttributeSyntax? SyntaxOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>The layers on one part of a class in the order of the source, with what may be a layer misspelt.</summary>
    public static IEnumerable<(AttributeData Attribute, AttributeSyntax Syntax)> InSourceOrder(
        ImmutableArray<AttributeData> attributes, TypeDeclarationSyntax declaration, CancellationToken cancellation) => attributes
            .Where(attribute => AttributeReader.IsLayer(attribute) || AttributeReader.IsUnresolved(attribute))
            .Select(attribute => (Attribute: attribute, Syntax: SyntaxOf(attribute, cancellation)!))
            .Where(layer => layer.Syntax is not null && Holds(declaration, layer.Syntax))
            .OrderBy(layer => layer.Syntax.SpanStart);

    /// <summary>Reports the first layer on each part of the class other than that with <c>[Network]</c> or <c>[Block]</c>.</summary>
    /// <returns>Whether there are any.</returns>
    public static bool ReportElsewhere(
        INamedTypeSymbol type,
        ImmutableArray<AttributeData> attributes,
        TypeDeclarationSyntax declaration,
        string heading,
        ClassProblems problems,
        CancellationToken cancellation)
    {
        var reported = new HashSet<SyntaxNode?>();
        foreach (AttributeData attribute in attributes.Where(AttributeReader.IsLayer))
        {
            if (SyntaxOf(attribute, cancellation) is { } syntax
                && !Holds(declaration, syntax)
                && reported.Add(syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>()))
            {
                problems.Add(DiagnosticIds.LayersOnAnotherPart, syntax.GetLocation(), type.Name, AttributeReader.NameOf(attribute), heading);
            }
        }

        return reported.Count > 0;
    }

    private static bool Holds(TypeDeclarationSyntax declaration, AttributeSyntax attribute) =>
        attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration;
}
