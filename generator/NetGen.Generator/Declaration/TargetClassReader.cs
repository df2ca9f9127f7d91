using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>Reads what emission has to know of the user's class.</summary>
internal static class TargetClassReader
{
    public static TargetClass Read(INamedTypeSymbol type, EquatableArray<string> occupiedMembers, CancellationToken cancellation) => new(
        NamespaceOf(type),
        type.Name,
        Escape(type.Name),
        ClassRules.WithContainingTypes(type).Skip(1).Reverse().Select(HeadOf).ToEquatableArray(),
        HintNameOf(type),
        HasSummary(type, cancellation),
        occupiedMembers)
    {
        PrivateSuffix = MemberRules.FindPrivateSuffix(type, cancellation),
    };

    /// <summary>What a type's declaration begins with: <c>class</c>, <c>record struct</c>.</summary>
    public static string KeywordsOf(TypeDeclarationSyntax declaration) => declaration is RecordDeclarationSyntax record
        ? (record.Keyword.Text + " " + record.ClassOrStructKeyword.Text).TrimEnd()
        : declaration.Keyword.Text;

    private static string HeadOf(INamedTypeSymbol type)
    {
        string keywords = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        return $"partial {keywords} {Escape(type.Name)}";
    }

    private static string? NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace.IsGlobalNamespace
        ? null
        : string.Join(".", Namespaces(type).Reverse().Select(part => Escape(part.Name)));

    /// <summary>The namespaces around a type, innermost first, without the global one.</summary>
    private static IEnumerable<INamespaceSymbol> Namespaces(INamedTypeSymbol type)
    {
        for (INamespaceSymbol part = type.ContainingNamespace; !part.IsGlobalNamespace; part = part.ContainingNamespace)
        {
            yield return part;
        }
    }

    /// <summary>A name as an identifier of C#.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    /// <summary>
    /// The documentation counts as text, since the compiler gives it to no one where the project makes no documentation file.
    /// </summary>
    private static bool HasSummary(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Where(reference => !GeneratedSources.IsGenerated(reference.SyntaxTree, cancellation))
        .Select(reference => reference.GetSyntax(cancellation).GetLeadingTrivia().ToFullString())
        .Any(trivia => trivia.Contains("<summary") || trivia.Contains("<inheritdoc"));

    /// <summary>
    /// The full metadata name. File names ignore case and hold no '+', so that what would make two networks the same file is
    /// spelt out in parentheses, which no identifier has.
    /// </summary>
    public static string HintNameOf(INamedTypeSymbol type)
    {
        IEnumerable<string> types = ClassRules.WithContainingTypes(type).Reverse().Select(FileNamePart);
        IEnumerable<string> namespaces = Namespaces(type).Reverse().Select(part => FileNamePart(part) + ".");
        return string.Concat(namespaces) + string.Join("-", types);
    }

    private static string FileNamePart(INamespaceOrTypeSymbol symbol)
    {
        var text = new StringBuilder();
        foreach (char c in symbol.Name)
        {
            text.Append(char.IsLetterOrDigit(c) || c == '_' ? c : $"({((int)c).ToString("x4", CultureInfo.InvariantCulture)})");
        }

        var container = (INamespaceOrTypeSymbol)symbol.ContainingSymbol;
        bool isAmbiguous = container.GetMembers().Any(other => other is INamespaceSymbol or INamedTypeSymbol { Arity: 0 }
            && string.Equals(other.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)
            && !SymbolEqualityComparer.Default.Equals(other, symbol));
        if (isAmbiguous)
        {
            string cases = string.Concat(symbol.Name.Select(c => char.IsUpper(c) ? 'U' : 'l'));
            text.Append('(').Append(symbol.IsNamespace ? "namespace " : "").Append(cases).Append(')');
        }

        return text.ToString();
    }
}
