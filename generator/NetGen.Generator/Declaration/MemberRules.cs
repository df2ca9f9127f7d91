using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Declaration;

/// <summary>Finds members of the user's class that generated ones would clash with.</summary>
internal static class MemberRules
{
    private static readonly SymbolDisplayFormat s_fullNames =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Reports the clashes.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">Its part with <c>[Network]</c>.</param>
    /// <param name="surface">The members that it gets.</param>
    /// <param name="problems">Takes the clashes.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The signatures of the members that the generator must leave out.</returns>
    public static EquatableArray<string> FindOccupied(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, IEnumerable<SurfaceMember> surface, ClassProblems problems, CancellationToken cancellation)
    {
        ISymbol[] members = UserMembers(type, cancellation).ToArray();
        var occupied = new List<string>();
        foreach (SurfaceMember generated in surface)
        {
            if (generated.Names.Contains(type.Name))
            {
                occupied.Add(generated.Signature);
                problems.Add(DiagnosticIds.MemberClash, declaration.Identifier.GetLocation(), type.Name, type.Name, generated.Signature);
            }
            else if (members.FirstOrDefault(member => Clashes(member, generated)) is { } clash)
            {
                occupied.Add(generated.Signature);
                problems.Add(DiagnosticIds.MemberClash, clash.Locations[0], type.Name, Display(clash), generated.Signature);
            }
        }

        foreach (ISymbol member in members)
        {
            if (Implemented(member).FirstOrDefault(IsNetworkInterface) is { } implemented)
            {
                string signature = implemented.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
                problems.AddPreventing(DiagnosticIds.MemberClash, member.Locations[0], type.Name, signature, signature);
            }
        }

        ReportUnchainedConstructors(type, members, problems, cancellation);
        return occupied.ToEquatableArray();
    }

    /// <summary>
    /// Reports the constructors that call no other: only the generated one makes the weights. One that calls another of the user's
    /// ends there or at one that is reported. The one that stands in place of the generated one is a clash already.
    /// </summary>
    private static void ReportUnchainedConstructors(
        INamedTypeSymbol type, IEnumerable<ISymbol> members, ClassProblems problems, CancellationToken cancellation)
    {
        SurfaceMember generated = SurfaceMembers.Public.Single(surface => surface.Signature == SurfaceMembers.Constructor);
        foreach (IMethodSymbol constructor in members.OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Constructor))
        {
            bool chains = constructor.DeclaringSyntaxReferences.Any(reference =>
                reference.GetSyntax(cancellation) is ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword });
            if (!chains && !Clashes(constructor, generated))
            {
                problems.Add(DiagnosticIds.UnchainedConstructor, constructor.Locations[0], type.Name, Display(constructor));
            }
        }
    }

    /// <summary>The shortest suffix that keeps the generated private members apart from the class's own.</summary>
    public static string FindPrivateSuffix(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var names = new HashSet<string>(UserMembers(type, cancellation).Select(member => member.Name)) { type.Name };
        string suffix = "";
        for (int number = 1; SurfaceMembers.Private.Any(name => names.Contains(name + suffix)); number++)
        {
            suffix = FormattableString.Invariant($"_{number}");
        }

        return suffix;
    }

    /// <summary>
    /// Members that the user wrote: not the compiler's, not those that this generator has added, which an analyzer sees, and
    /// not a primary constructor, which is a mistake of its own.
    /// </summary>
    private static IEnumerable<ISymbol> UserMembers(INamedTypeSymbol type, CancellationToken cancellation) => type.GetMembers()
        .Where(member => !member.IsImplicitlyDeclared
            && member.Locations.Length > 0
            && !member.DeclaringSyntaxReferences.Any(reference => GeneratedSources.IsGenerated(reference.SyntaxTree, cancellation)
                || (member is IMethodSymbol && reference.GetSyntax(cancellation) is TypeDeclarationSyntax)));

    private static bool Clashes(ISymbol member, SurfaceMember surface)
    {
        if (member is IMethodSymbol accessor && surface.IsProperty)
        {
            // A property takes the names of both its accessors, whether it has them or not.
            if (accessor.Name == "get_" + surface.Name && accessor.Parameters.IsEmpty)
            {
                return true;
            }

            if (accessor.Name == "set_" + surface.Name && accessor.Parameters.Length == 1)
            {
                return true;
            }
        }

        if (member.Name != surface.Name && member.MetadataName != surface.Name)
        {
            return false;
        }

        return !surface.IsMethod
            || member is not IMethodSymbol method
            || (method.Arity == 0 && method.Parameters.Select(TypeOf).SequenceEqual(surface.ParameterTypes));
    }

    private static string TypeOf(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString(s_fullNames);

    private static string Display(ISymbol member) => member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private static IEnumerable<ISymbol> Implemented(ISymbol member) => member switch
    {
        IMethodSymbol method => method.ExplicitInterfaceImplementations,
        IPropertySymbol property => property.ExplicitInterfaceImplementations,
        _ => Enumerable.Empty<ISymbol>(),
    };

    private static bool IsNetworkInterface(ISymbol implemented) =>
        implemented.ContainingType is { Name: "INetwork" or "ITrainableNetwork" or "IImageNetwork", ContainingNamespace.Name: "NetGen" };
}
