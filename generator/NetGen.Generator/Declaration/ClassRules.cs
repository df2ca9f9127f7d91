using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Declaration;

/// <summary>What a class must be so that a network's code can be added to it.</summary>
internal static class ClassRules
{
    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax declaration, ClassProblems problems, CancellationToken cancellation)
    {
        void Report(bool isWrong, string id, params object[] more)
        {
            if (isWrong)
            {
                problems.AddPreventing(id, declaration.Identifier.GetLocation(), [type.Name, .. more]);
            }
        }

        // A record is told to become a partial class; that it is not partial would only repeat it.
        Report(type.IsRecord, DiagnosticIds.RecordClass);
        Report(!type.IsRecord && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword), DiagnosticIds.NotPartial);
        Report(type.IsStatic, DiagnosticIds.StaticClass);
        Report(type is { IsAbstract: true, IsStatic: false }, DiagnosticIds.AbstractClass);
        Report(!type.IsRecord && HasPrimaryConstructor(type, cancellation), DiagnosticIds.PrimaryConstructor);
        if (type is { IsStatic: false, BaseType: { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } baseType })
        {
            Report(true, DiagnosticIds.BaseClass, baseType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }

        ISymbol? required = type.GetMembers()
            .FirstOrDefault(member => member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true });
        Report(required is not null, DiagnosticIds.RequiredMember, required?.Name ?? "");

        INamedTypeSymbol? fileLocal = WithContainingTypes(type).FirstOrDefault(current => current.IsFileLocal);
        Report(fileLocal is not null, DiagnosticIds.FileLocalClass, fileLocal?.Name ?? "");
        INamedTypeSymbol? generic = WithContainingTypes(type).FirstOrDefault(current => current.Arity > 0);
        Report(generic is not null, DiagnosticIds.GenericClass, generic?.Name ?? "");

        LanguageVersion version = ((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion;
        Report(version < LanguageVersion.CSharp11, DiagnosticIds.LanguageVersion, version.ToDisplayString());
        CheckContainingTypes(type, declaration, problems);
    }

    /// <summary>The type and those around it, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> WithContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static void CheckContainingTypes(INamedTypeSymbol type, TypeDeclarationSyntax declaration, ClassProblems problems)
    {
        foreach (TypeDeclarationSyntax around in declaration.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (!around.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                problems.AddPreventing(
                    DiagnosticIds.ContainingTypeNotPartial,
                    around.Identifier.GetLocation(),
                    type.Name,
                    around.Identifier.ValueText,
                    TargetClassReader.KeywordsOf(around));
            }
        }
    }

    private static bool HasPrimaryConstructor(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null });
}
