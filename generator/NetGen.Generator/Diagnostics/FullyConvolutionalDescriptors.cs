using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// The texts about networks that are derived from others. They stand on <c>[FullyConvolutional]</c>: the layers at fault may lie in another
/// assembly, and are right there.
/// </summary>
internal static class FullyConvolutionalDescriptors
{
    private static readonly DiagnosticDescriptor s_noSourceNetwork = new(
        DiagnosticIds.NoSourceNetwork, "A fully convolutional network needs a network to derive from",
        "'{0}' is no network to derive from: {1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_sourceHasMistakes = new(
        DiagnosticIds.SourceHasMistakes, "The network that is derived from has mistakes",
        "The network '{0}' of '{1}' cannot be derived from: {2}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_layersOnDerived = new(
        DiagnosticIds.LayersOnDerived, "A fully convolutional network has the layers of its source",
        "[{1}] has no place on '{0}', whose layers are those of the network that it is derived from; remove it, or declare [Network] in place of [FullyConvolutional]",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_declaredTwice = new(
        DiagnosticIds.DeclaredTwice, "A class is declared in two ways",
        "'{0}' has both [{1}] and [FullyConvolutional], each of which says what it is; keep one of them",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_smallerThanSource = new(
        DiagnosticIds.SmallerThanSource, "The input is smaller than the source's",
        "An input of {0} has no window of {1}, which '{2}' takes; the least {3}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_sourceInput = new(
        DiagnosticIds.SourceInput, "The source takes other inputs",
        "'{0}' takes {1}; {2}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_notConvolutional = new(
        DiagnosticIds.NotConvolutional, "A layer of the source is no convolution over windows",
        "{0} of '{1}' {2}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_branchesCoverDifferently = new(
        DiagnosticIds.BranchesCoverDifferently, "Branches cover the image differently",
        "{0} of '{1}' would join {2} of '{3}' and {4} of '{5}', since strides leave another rest in each branch; they agree with {6}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_paddedSource = new(
        DiagnosticIds.PaddedSource, "A padded source sees zeros where this network sees the image",
        "'{0}' goes beyond the edge in {1}: at the border of a window it sees padding there, and this network what the image has, so that scores differ from those of windows; "
        + "declare the source without padding for equal ones, or disable this warning",
        Descriptors.Category, Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_derivedTooLarge = new(
        DiagnosticIds.DerivedTooLarge, "A fully convolutional network is too large",
        "{0} of '{1}' {2}; use a smaller height or width",
        Descriptors.Category, Error, isEnabledByDefault: true);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_noSourceNetwork, s_sourceHasMistakes, s_layersOnDerived, s_declaredTwice, s_smallerThanSource, s_sourceInput, s_notConvolutional,
        s_branchesCoverDifferently, s_paddedSource, s_derivedTooLarge);
}
