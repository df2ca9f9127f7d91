using System.Globalization;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Generator.Graph.FullyConvolutional;

/// <summary>What can be derived from, and for which images.</summary>
internal static class SourceRules
{
    /// <summary>The shape of the image; null after a mistake, or where one of the source's is reported there.</summary>
    public static TensorShape? InputOf(FullyConvolutionalSpec derivation, GraphResult source, ProblemList problems)
    {
        if (derivation.State != SourceState.Read)
        {
            ReportState(derivation, problems);
            return null;
        }

        if (source.Graph is not { } graph)
        {
            ReportMistakes(derivation, source, problems);
            return null;
        }

        TensorShape window = graph.InputShape;
        if (OtherInput(derivation, graph) is { } other)
        {
            problems.Error(DiagnosticIds.SourceInput, ProblemList.Network, derivation.Source, other.Takes, other.Remedy);
            return null;
        }

        int height = derivation.Height ?? 1;
        if (height < window.Height || derivation.Width < window.Width)
        {
            ReportSize(derivation, window, problems);
            return null;
        }

        return new TensorShape(window.Channels, height, derivation.Width);
    }

    private static void ReportState(FullyConvolutionalSpec derivation, ProblemList problems)
    {
        if (derivation.State == SourceState.Unreadable)
        {
            return;
        }

        problems.Error(
            DiagnosticIds.NoSourceNetwork,
            ProblemList.Network,
            derivation.Source,
            derivation.State == SourceState.Derived
                ? "it is fully convolutional itself; name the network that it is derived from"
                : "put [Network] and layers on it, or name another class");
    }

    /// <summary>Reports what is wrong with a network of another assembly; this project's are reported where they are.</summary>
    private static void ReportMistakes(FullyConvolutionalSpec derivation, GraphResult source, ProblemList problems)
    {
        if (derivation.Assembly is { } assembly)
        {
            string said = source.Problems.Count == 0
                ? "this version of NetGen cannot read it; reference the same version in every project"
                : string.Format(
                    CultureInfo.InvariantCulture,
                    Descriptors.Get(source.Problems[0].Id).MessageFormat.ToString(CultureInfo.InvariantCulture),
                    source.Problems[0].MessageArguments.ToArray<object>());
            problems.Error(DiagnosticIds.SourceHasMistakes, ProblemList.Network, derivation.Source, assembly, said);
        }
    }

    private static (string Takes, string Remedy)? OtherInput(FullyConvolutionalSpec derivation, NetworkGraph source)
    {
        TensorShape window = source.InputShape;
        bool isSequence = source.Nodes.Any(node =>
            node.Operator is Conv2dOp { IsSequence: true } or MaxPool2dOp { IsSequence: true } or AvgPool2dOp { IsSequence: true });
        return window.IsVector ? ($"vectors of {window}, over which nothing slides", "declare [Input(channels, height, width)] there")
            : derivation.Height is null && window.Height > 1 ? ($"images of {window}, and a length is for sequences", "give a height and a width")
            : isSequence && derivation.Height is not (null or 1) ? ($"sequences of {window}", "give their length alone")
            : null;
    }

    private static void ReportSize(FullyConvolutionalSpec derivation, TensorShape window, ProblemList problems)
    {
        string size = derivation.Height is { } height ? Pair(height, derivation.Width) : TextOf.Integer(derivation.Width);
        string least = derivation.Height is null
            ? $"length is {TextOf.Integer(window.Width)}"
            : $"height is {TextOf.Integer(window.Height)} and the least width {TextOf.Integer(window.Width)}";
        string taken = derivation.Height is null ? TextOf.Integer(window.Width) : Pair(window.Height, window.Width);
        problems.Error(DiagnosticIds.SmallerThanSource, ProblemList.Network, size, taken, derivation.Source, least);
    }

    private static string Pair(int height, int width) => FormattableString.Invariant($"{height}×{width}");
}
