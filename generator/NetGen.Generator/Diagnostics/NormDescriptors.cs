using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts of the diagnostics of gates, adaptive pools, norms and scales, as those in <see cref="Descriptors"/>.</summary>
internal static class NormDescriptors
{
    private const string Category = Descriptors.Category;

    private static readonly DiagnosticDescriptor s_multipliedShapesDiffer = new(
        DiagnosticIds.MultipliedShapesDiffer, "Factors have one shape, or one number for each channel",
        "{0}: {2} of '{3}' and {4} of '{5}' cannot be multiplied; their shapes must be equal, or one a map C×H×W and the other C×1×1 or a vector of C",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_epsilonNotPositive = new(
        DiagnosticIds.EpsilonNotPositive, "A norm needs a positive epsilon",
        "{0}: Epsilon is {2}; it must be above 0 and finite in float32, as a rule the default 1e-5{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownNormAxes = new(
        DiagnosticIds.UnknownNormAxes, "Over has no such value",
        "{0}: Over is {2}; it can be LayerNormAxes.All or LayerNormAxes.Channels{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_normConstantOutOfRange = new(
        DiagnosticIds.NormConstantOutOfRange, "A constant of LocalResponseNorm is out of range",
        "{0}: {2} is {3}; it must be {4} and finite in float32{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_momentumRange = new(
        DiagnosticIds.MomentumRange, "Momentum must lie between 0 and 1",
        "{0}: Momentum is {2}; it is the share of a batch in the running averages, from 0 to 1, as a rule the default 0.1{1}",
        Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_initialValueNotFinite = new(
        DiagnosticIds.InitialValueNotFinite, "Scale starts with a finite value",
        "{0}: InitialValue is {2}; it must be finite in float32, as a rule the default 1{1}",
        Category, Error, isEnabledByDefault: true);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_multipliedShapesDiffer, s_epsilonNotPositive, s_unknownNormAxes, s_normConstantOutOfRange, s_momentumRange, s_initialValueNotFinite);
}
