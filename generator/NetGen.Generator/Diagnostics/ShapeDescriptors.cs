using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <summary>The texts about layers that resample, take apart and rearrange maps, as those in <see cref="Descriptors"/>.</summary>
internal static class ShapeDescriptors
{
    private static readonly DiagnosticDescriptor s_unknownMode = new(
        DiagnosticIds.UnknownMode, "Mode has no such value",
        "{0}: Mode is {2}; it can be {3}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_cornersOfNearest = new(
        DiagnosticIds.CornersOfNearest, "Only bilinear upsampling aligns corners",
        "{0}: AlignCorners says where bilinear upsampling reads, and this is nearest; set Mode = UpsampleMode.Bilinear or leave AlignCorners out{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_outputPaddingTooLarge = new(
        DiagnosticIds.OutputPaddingTooLarge, "OutputPadding must stay below the stride or the dilation",
        "{0}: OutputPadding {2} must stay below the stride or the dilation; it can be at most {3}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_nothingLeftOfResult = new(
        DiagnosticIds.NothingLeftOfResult, "Padding leaves nothing of a transposed convolution",
        "{0}: padding {2} on each side leaves nothing of the {3} elements that its windows make; it can be at most {4}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_transposedResultTooLarge = new(
        DiagnosticIds.TransposedResultTooLarge, "The result of a transposed convolution is too large",
        "{0}: its windows would make {2} elements; each side must stay below {3}: use a smaller stride, kernel or dilation{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_sequenceNeeded = new(
        DiagnosticIds.SequenceNeeded, "The layer needs a sequence",
        "{0}: [{2}] needs a sequence (channels×1×length), and its input has {3} rows; use [{4}], or declare [Input(channels, length)]{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_padValueNotFinite = new(
        DiagnosticIds.PadValueNotFinite, "A border's value must be finite",
        "{0}: Value is {2}; it must be finite in float32{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_reflectionTooWide = new(
        DiagnosticIds.ReflectionTooWide, "A reflected border must be narrower than the map",
        "{0}: a map of {3} has no {2} elements in the mirror, which do not repeat its outer ones; the border can be at most {4}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_sliceOutOfRange = new(
        DiagnosticIds.SliceOutOfRange, "A slice goes beyond the channels",
        "{0}: there are no {5} {2} to {3}, since the input has {4}: {6}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_shuffleGroups = new(
        DiagnosticIds.ShuffleGroups, "The groups of a shuffle divide the channels",
        "{0}: {2} groups do not divide the channels; what does is {3}{1}",
        Descriptors.Category, Error, isEnabledByDefault: true);

    /// <summary>All of them, in the order of their numbers.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        s_unknownMode, s_cornersOfNearest, s_outputPaddingTooLarge, s_nothingLeftOfResult, s_transposedResultTooLarge, s_sequenceNeeded,
        s_padValueNotFinite, s_reflectionTooWide, s_sliceOutOfRange, s_shuffleGroups);
}
