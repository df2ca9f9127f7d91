using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>
/// A declared network together with its places in the source. It lives as long as one analysis; what the generator keeps is
/// <see cref="Spec"/> alone.
/// </summary>
/// <param name="Spec">The declaration by value.</param>
/// <param name="Syntax">The part of the class that carries <c>[Network]</c> or <c>[FullyConvolutional]</c>.</param>
/// <param name="NetworkLocation">Where that stands.</param>
/// <param name="LayerLocations">Where each of <see cref="NetworkSpec.Layers"/> stands; none for those of another class.</param>
/// <param name="ClassProblems">What is wrong with the class, whatever its layers.</param>
/// <param name="CanEmit">Whether code can be added to the class at all.</param>
internal sealed record NetworkDeclaration(
    NetworkSpec Spec,
    TypeDeclarationSyntax Syntax,
    Location NetworkLocation,
    ImmutableArray<Location> LayerLocations,
    ImmutableArray<Diagnostic> ClassProblems,
    bool CanEmit);
