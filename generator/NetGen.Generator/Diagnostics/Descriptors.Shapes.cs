using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace NetGen.Generator.Diagnostics;

/// <content>Layers that resample, take apart and rearrange maps.</content>
internal static partial class Descriptors
{
    // A method, since the fields of a class in several files have no order to be initialised in.
    private static IEnumerable<DiagnosticDescriptor> OfShapes()
    {
        yield return new DiagnosticDescriptor(
            DiagnosticIds.UnknownMode, "Mode has no such value",
            "{0}: Mode is {2}; it can be {3}{1}",
            Category, Error, isEnabledByDefault: true);

        yield return new DiagnosticDescriptor(
            DiagnosticIds.CornersOfNearest, "Only bilinear upsampling aligns corners",
            "{0}: AlignCorners says where bilinear upsampling reads, and this is nearest; set Mode = UpsampleMode.Bilinear or leave AlignCorners out{1}",
            Category, Error, isEnabledByDefault: true);
    }
}
