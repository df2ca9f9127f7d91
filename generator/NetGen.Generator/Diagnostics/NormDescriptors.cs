using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts of the diagnostics of gates, adaptive pools and norms, as those in <see cref="Descriptors"/>.</summary>
internal static class NormDescriptors
{
    private const string Category = "NetGen";

    private static readonly DiagnosticDescriptor s_multipliedShapesDiffer = new(
        DiagnosticIds.MultipliedShapesDiffer, "Factors have one shape, or one number for each channel",
        "{0}: {2} of '{3}' and {4} of '{5}' cannot be multiplied; their shapes must be equal, or one a map C×H×W and the other C×1×1 or a vector of C",
        Category, Error, isEnabledByDefault: true);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_multipliedShapesDiffer);
}
