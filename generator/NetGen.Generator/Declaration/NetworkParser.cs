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
    public static NetworkDeclaration? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.FirstOrDefault(AttributeReader.IsNetwork) is not { } network
            || LayerAttributes.SyntaxOf(network, cancellation) is not { } networkSyntax
            || networkSyntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || declaration is not (ClassDeclarationSyntax or RecordDeclarationSyntax))
        {
            return null;
        }

        var problems = new ClassProblems();
        ClassRules.Check(type, declaration, problems, cancellation);
        var layers = new List<LayerSpec>();
        var locations = new List<Location>();
        var blocks = new BlockTable(compilation, cancellation);
        foreach ((AttributeData attribute, AttributeSyntax syntax) in LayerAttributes.InSourceOrder(attributes, declaration, cancellation))
        {
            layers.Add(AttributeReader.IsLayer(attribute) ? AttributeReader.Read(attribute, cancellation) : LayerSpec.Unresolved);
            locations.Add(syntax.GetLocation());
            blocks.AddUsed(attribute);
        }

        EquatableArray<string> occupied = MemberRules.FindOccupied(type, declaration, SurfaceMembers.Of(layers), problems, cancellation);
        if (LayerAttributes.ReportElsewhere(type, attributes, declaration, "Network", problems, cancellation))
        {
            layers.Add(LayerSpec.Unresolved);
            locations.Add(networkSyntax.GetLocation());
        }

        TargetClass target = TargetClassReader.Read(type, occupied, cancellation);
        return new NetworkDeclaration(
            new NetworkSpec(target, ReadOptions(network, cancellation), layers.ToEquatableArray()) 
            {
                Blocks = blocks.Read(),
                Outputs = OutputRules.Names(layers).Select(TargetClassReader.Escape).ToEquatableArray(),
            },
            declaration,
            networkSyntax.GetLocation(),
            locations.ToImmutableArray(),
            problems.Diagnostics.ToImmutableArray(),
            !problems.PreventEmission);
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
