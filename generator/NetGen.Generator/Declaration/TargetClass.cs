using NetGen.Generator.Collections;

namespace NetGen.Generator.Declaration;

/// <summary>The user's partial class, as far as emission has to know it.</summary>
/// <param name="Namespace">Its namespace, escaped as source; null for the global one.</param>
/// <param name="Name">Its name without escapes.</param>
/// <param name="Identifier">Its name as source, <c>@class</c> where it is a keyword.</param>
/// <param name="ContainingTypes">The partial types around it, outermost first, as declaration heads: <c>partial class Outer</c>.</param>
/// <param name="HintName">Its full metadata name, made fit for a file name.</param>
/// <param name="HasSummary">Whether the user wrote a summary for it.</param>
/// <param name="OccupiedMembers">Which of <see cref="SurfaceMembers.Public"/> the class, or its own name, already takes, by signature.</param>
internal sealed record TargetClass(
    string? Namespace,
    string Name,
    string Identifier,
    EquatableArray<string> ContainingTypes,
    string HintName,
    bool HasSummary,
    EquatableArray<string> OccupiedMembers)
{
    /// <summary>What makes the names of <see cref="SurfaceMembers.Private"/> differ from every member of the class.</summary>
    public string PrivateSuffix { get; init; } = "";
}
