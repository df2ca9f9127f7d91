using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts about blocks, as those in <see cref="Descriptors"/>.</summary>
internal static class BlockDescriptors
{
    private static readonly DiagnosticDescriptor s_notInBlock = new(
        DiagnosticIds.NotInBlock, "A block has layers only",
        "[{1}] has no place on the block '{0}', which is only layers; put it on the network that uses the block",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_emptyBlock = new(
        DiagnosticIds.EmptyBlock, "A block needs layers",
        "The block '{0}' has no layers; add some below [Block], for instance [Conv2d(Width, 3, Padding = 1), ReLU]",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_noBlock = new(
        DiagnosticIds.NoBlock, "Only blocks can be used",
        "{0}: '{2}' is no block; put [Block] and layers on it, or name another class{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_noBlockSpecification = new(
        DiagnosticIds.NoBlockSpecification, "A block's assembly must say what is in it",
        "{0}: the block '{2}' of '{4}' {3}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_unknownParameter = new(
        DiagnosticIds.UnknownParameter, "The block has no such parameter",
        "{0}: the block '{2}' has no parameter '{3}'; {4}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_useArguments = new(
        DiagnosticIds.UseArguments, "The arguments of [Use] do not fit",
        "{0}: {2}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_blockRecursion = new(
        DiagnosticIds.BlockRecursion, "A block cannot use itself",
        "{0}: the block would be in itself without end, {2}; remove one of these uses{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_blockArgument = new(
        DiagnosticIds.BlockArgument, "An argument of a block has no value",
        "{0}: {2}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_tooManyLayers = new(
        DiagnosticIds.TooManyLayers, "Blocks make too many layers",
        "{0} brings the network to more {2} than it can have, {3}; use fewer blocks or a smaller Repeat{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_notInBlock, s_emptyBlock, s_noBlock, s_noBlockSpecification, s_unknownParameter, s_useArguments, s_blockRecursion, s_blockArgument,
        s_tooManyLayers);
}
