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
    /// <summary>
    /// The declaration of a network, with <c>[Network]</c> or <c>[FullyConvolutional]</c>; null for a type that is none, or none that attributes
    /// can make one.
    /// </summary>
    public static NetworkDeclaration? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        AttributeData? derived = attributes.FirstOrDefault(AttributeReader.IsFullyConvolutional);
        if ((attributes.FirstOrDefault(AttributeReader.IsNetwork) ?? derived) is not { } heading
            || LayerAttributes.SyntaxOf(heading, cancellation) is not { } headingSyntax
            || headingSyntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || declaration is not (ClassDeclarationSyntax or RecordDeclarationSyntax))
        {
            return null;
        }

        var problems = new ClassProblems();
        ClassRules.Check(type, declaration, problems, cancellation);
        var blocks = new BlockTable(compilation, cancellation);
        return heading == derived ? ParseDerived() : ParseDeclared();

        NetworkDeclaration ParseDeclared()
        {
            if (derived is not null)
            {
                problems.Add(DiagnosticIds.DeclaredTwice, LocationOf(derived, cancellation), type.Name, "Network");
            }

            List<(LayerSpec Spec, Location Location)> layers = ReadLayers(attributes, declaration, blocks, cancellation).ToList();
            EquatableArray<string> occupied = MemberRules.FindOccupied(
                type, declaration, SurfaceMembers.Of(layers.ConvertAll(layer => layer.Spec)), problems, cancellation);
            if (LayerAttributes.ReportElsewhere(type, attributes, declaration, "Network", problems, cancellation))
            {
                layers.Add((LayerSpec.Unresolved, headingSyntax.GetLocation()));
            }

            var spec = new NetworkSpec(
                TargetClassReader.Read(type, occupied, cancellation), ReadOptions(heading, cancellation), layers.Select(layer => layer.Spec).ToEquatableArray());
            return Declaration(spec, layers.Select(layer => layer.Location));
        }

        NetworkDeclaration ParseDerived()
        {
            ReportOthers(type, attributes, problems, cancellation);
            SourceNetwork source = SourceNetwork.Read(heading, compilation, blocks, cancellation);
            EquatableArray<string> occupied = MemberRules.FindOccupied(type, declaration, SurfaceMembers.Of(source.Layers), problems, cancellation);
            var spec = new NetworkSpec(
                TargetClassReader.Read(type, occupied, cancellation),
                source.Options with { Training = false, InputGradients = false },
                source.Layers.ToEquatableArray());
            return Declaration(spec with { Derivation = source.Derivation }, []);
        }

        NetworkDeclaration Declaration(NetworkSpec spec, IEnumerable<Location> locations) => new(
            spec with
            {
                Blocks = blocks.Read(),
                Outputs = OutputRules.Names(spec.Layers).Select(TargetClassReader.Escape).ToEquatableArray(),
            },
            declaration,
            headingSyntax.GetLocation(),
            locations.ToImmutableArray(),
            problems.Diagnostics.ToImmutableArray(),
            !problems.PreventEmission);
    }

    /// <summary>The layers on one part of a class, and where they stand.</summary>
    public static IEnumerable<(LayerSpec Spec, Location Location)> ReadLayers(
        ImmutableArray<AttributeData> attributes, TypeDeclarationSyntax declaration, BlockTable blocks, CancellationToken cancellation)
    {
        foreach ((AttributeData attribute, AttributeSyntax syntax) in LayerAttributes.InSourceOrder(attributes, declaration, cancellation))
        {
            blocks.AddUsed(attribute);
            yield return (AttributeReader.IsLayer(attribute) ? AttributeReader.Read(attribute, cancellation) : LayerSpec.Unresolved, syntax.GetLocation());
        }
    }

    /// <summary>The arguments of <c>[Network]</c>.</summary>
    public static NetworkOptions ReadOptions(AttributeData network, CancellationToken cancellation)
    {
        var arguments = new LayerArguments(AttributeReader.Read(network, cancellation));
        return new NetworkOptions(
            arguments.Flag("Training", true),
            (UnrollMode)arguments.Integer("Unroll", (int)UnrollMode.Balanced),
            arguments.Flag("InputGradients", false),
            (ConvolutionChoice)arguments.Integer("Convolution", (int)ConvolutionChoice.Automatic));
    }

    /// <summary>Reports what a class has besides <c>[FullyConvolutional]</c> that would say what it is: <c>[Block]</c>, or else its first layer.</summary>
    private static void ReportOthers(
        INamedTypeSymbol type, ImmutableArray<AttributeData> attributes, ClassProblems problems, CancellationToken cancellation)
    {
        if (attributes.FirstOrDefault(AttributeReader.IsBlock) is { } block)
        {
            problems.Add(DiagnosticIds.DeclaredTwice, LocationOf(block, cancellation), type.Name, "Block");
        }
        else if (attributes.FirstOrDefault(AttributeReader.IsLayer) is { } layer)
        {
            problems.Add(DiagnosticIds.LayersOnDerived, LocationOf(layer, cancellation), type.Name, AttributeReader.NameOf(layer));
        }
    }

    private static Location LocationOf(AttributeData attribute, CancellationToken cancellation) =>
        LayerAttributes.SyntaxOf(attribute, cancellation)?.GetLocation() ?? Location.None;
}
