using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>A declared block together with its places in the source. It lives as long as one analysis.</summary>
/// <param name="Spec">The declaration by value. What is wrong with it stands in it as an unresolved layer.</param>
/// <param name="Syntax">The part of the class that carries <c>[Block]</c>.</param>
/// <param name="BlockLocation">Where <c>[Block]</c> stands.</param>
/// <param name="LayerLocations">Where each of the layers stands.</param>
/// <param name="Problems">What is wrong with the class and the expressions of its arguments.</param>
internal sealed record BlockDeclaration(
    BlockSpec Spec,
    TypeDeclarationSyntax Syntax,
    Location BlockLocation,
    ImmutableArray<Location> LayerLocations,
    ImmutableArray<Diagnostic> Problems);
