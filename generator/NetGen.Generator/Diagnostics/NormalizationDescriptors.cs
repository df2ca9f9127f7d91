using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts about the arguments of normalisation.</summary>
internal static class NormalizationDescriptors
{
    private static readonly DiagnosticDescriptor s_epsilonNotPositive = new(
        DiagnosticIds.EpsilonNotPositive, "Normalisation needs a positive epsilon",
        "{0}: Epsilon is {2}; it must be above 0 and finite in float32, and is usually 1e-5{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_momentumRange = new(
        DiagnosticIds.MomentumRange, "Momentum must lie between 0 and 1",
        "{0}: Momentum is {2}; it is the share of a batch in the running averages, from 0 to 1, and usually 0.1{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(s_epsilonNotPositive, s_momentumRange);
}
