using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Declaration;

/// <summary>A network that another is derived from, by value.</summary>
/// <param name="Derivation">What <c>[FullyConvolutional]</c> says.</param>
/// <param name="Options">The arguments of the source's <c>[Network]</c>.</param>
/// <param name="Layers">Its other NetGen attributes; none where there is no source.</param>
internal sealed record SourceNetwork(FullyConvolutionalSpec Derivation, NetworkOptions Options, IReadOnlyList<LayerSpec> Layers)
{
    /// <summary>Reads the source that an attribute names, in this project or from another assembly.</summary>
    /// <param name="attribute"><c>[FullyConvolutional]</c>.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="blocks">Takes the blocks that the source uses.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static SourceNetwork Read(AttributeData attribute, Compilation compilation, BlockTable blocks, CancellationToken cancellation)
    {
        LayerSpec spec = AttributeReader.Read(attribute, cancellation);
        var type = attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type } argument ? argument.Value as ITypeSymbol : null;
        ImmutableArray<AttributeData> attributes = type?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty;
        AttributeData? network = attributes.FirstOrDefault(AttributeReader.IsNetwork);
        SourceState state = spec.IsUnreadable ? SourceState.Unreadable
            : network is not null ? SourceState.Read
            : attributes.Any(AttributeReader.IsFullyConvolutional) ? SourceState.Derived
            : SourceState.NoNetwork;
        bool isOwn = type is null || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        var arguments = new LayerArguments(spec);
        var derivation = new FullyConvolutionalSpec(
            type?.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) ?? "null",
            isOwn ? null : type!.ContainingAssembly?.Identity.Name,
            state,
            arguments.IsSet("height") ? arguments.Integer("height", 0) : null,
            arguments.Integer(arguments.IsSet("height") ? "width" : "length", 0));
        if (state != SourceState.Read)
        {
            return new SourceNetwork(derivation, new NetworkOptions(false, UnrollMode.Balanced, false), []);
        }

        List<LayerSpec> layers = ReadLayers(network!, attributes, blocks, cancellation);

        // What is misspelt, or stands on another part, is reported at the source, and what the rest would be is not worth knowing.
        bool isKnown = layers.Count == attributes.Count(AttributeReader.IsLayer) && !layers.Any(layer => layer.IsUnresolved);
        return new SourceNetwork(
            isKnown ? derivation : derivation with { State = SourceState.Unreadable }, NetworkParser.ReadOptions(network!, cancellation), layers);
    }

    private static List<LayerSpec> ReadLayers(
        AttributeData network, ImmutableArray<AttributeData> attributes, BlockTable blocks, CancellationToken cancellation)
    {
        if (LayerAttributes.SyntaxOf(network, cancellation)?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration)
        {
            return NetworkParser.ReadLayers(attributes, declaration, blocks, cancellation).Select(layer => layer.Spec).ToList();
        }

        // Metadata keep the order of one declaration, and the layers of a network stand on one.
        var read = new List<LayerSpec>();
        foreach (AttributeData attribute in attributes.Where(AttributeReader.IsLayer))
        {
            read.Add(AttributeReader.Read(attribute, cancellation));
            blocks.AddUsed(attribute);
        }

        return read;
    }
}
