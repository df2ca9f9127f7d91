using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Declaration;

/// <summary>Reads a network's class and attributes. Never throws, whatever the source.</summary>
internal static class NetworkParser
{
    /// <summary>The declaration of a network; null for a type that is none, or none that attributes can make one.</summary>
    public static NetworkDeclaration? Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.FirstOrDefault(AttributeReader.IsNetwork) is not { } network
            || SyntaxOf(network, cancellation) is not { } networkSyntax
            || networkSyntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || declaration is not (ClassDeclarationSyntax or RecordDeclarationSyntax))
        {
            return null;
        }

        var problems = new ClassProblems();
        ClassRules.Check(type, declaration, problems, cancellation);
        var layers = new List<LayerSpec>();
        var locations = new List<Location>();
        foreach (AttributeData attribute in InSourceOrder(attributes.Where(Matters), declaration, cancellation))
        {
            layers.Add(AttributeReader.IsLayer(attribute) ? AttributeReader.Read(attribute, cancellation) : LayerSpec.Unresolved);
            locations.Add(SyntaxOf(attribute, cancellation)!.GetLocation());
        }

        EquatableArray<string> occupied = MemberRules.FindOccupied(type, declaration, PixelRules.IsDeclared(layers), problems, cancellation);
        if (ReportLayersElsewhere(type, attributes, declaration, problems, cancellation))
        {
            layers.Add(LayerSpec.Unresolved);
            locations.Add(networkSyntax.GetLocation());
        }

        TargetClass target = TargetClassReader.Read(type, occupied, cancellation);
        return new NetworkDeclaration(
            new NetworkSpec(target, ReadOptions(network, cancellation), layers.ToEquatableArray()),
            declaration,
            networkSyntax.GetLocation(),
            locations.ToImmutableArray(),
            problems.Diagnostics.ToImmutableArray(),
            !problems.PreventEmission);
    }

    /// <summary>Where an attribute is written; null for one that is not written in source.</summary>
    public static AttributeSyntax? SyntaxOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    private static bool Matters(AttributeData attribute) => AttributeReader.IsLayer(attribute) || AttributeReader.IsUnresolved(attribute);

    private static IEnumerable<AttributeData> InSourceOrder(
        IEnumerable<AttributeData> attributes, TypeDeclarationSyntax declaration, CancellationToken cancellation) => attributes
            .Where(attribute => SyntaxOf(attribute, cancellation) is { } syntax && Holds(declaration, syntax))
            .OrderBy(attribute => SyntaxOf(attribute, cancellation)!.SpanStart);

    private static bool Holds(TypeDeclarationSyntax declaration, AttributeSyntax attribute) =>
        attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration;

    /// <summary>Reports the first layer on each part of the class other than that with <c>[Network]</c>.</summary>
    private static bool ReportLayersElsewhere(
        INamedTypeSymbol type,
        ImmutableArray<AttributeData> attributes,
        TypeDeclarationSyntax declaration,
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
                problems.Add(DiagnosticIds.LayersOnAnotherPart, syntax.GetLocation(), type.Name, AttributeReader.NameOf(attribute));
            }
        }

        return reported.Count > 0;
    }

    private static NetworkOptions ReadOptions(AttributeData network, CancellationToken cancellation)
    {
        var arguments = new LayerArguments(AttributeReader.Read(network, cancellation));
        return new NetworkOptions(
            arguments.Flag("Training", true),
            (UnrollMode)arguments.Integer("Unroll", (int)UnrollMode.Balanced),
            arguments.Flag("InputGradients", false),
            (ConvolutionChoice)arguments.Integer("Convolution", (int)ConvolutionChoice.Automatic));
    }
}
