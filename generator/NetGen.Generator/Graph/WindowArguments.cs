using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Reads the window of a convolution or a pool and checks it against the feature map that it slides over.</summary>
internal static class WindowArguments
{
    private static readonly string[] s_paddings = ["Padding", "PaddingH", "PaddingW"];

    /// <summary>The window of a convolution; null after a mistake, or where the input is hidden.</summary>
    /// <param name="isSequence">Whether the window is over sequences, maps of one row.</param>
    public static Window2d? ReadConvolution(
        string layer, LayerArguments arguments, TensorShape? input, LayerProblems problems, bool isSequence = false)
    {
        bool same = arguments.Flag("SamePadding", false);
        bool contradictory = false;
        if (same)
        {
            foreach (string other in s_paddings.Where(arguments.IsSet))
            {
                problems.Error(DiagnosticIds.ContradictoryArguments, "SamePadding", other);
                contradictory = true;
            }
        }

        SizePair? kernel = Along(SizeArguments.Sides("kernel", arguments, problems), 1, isSequence);
        SizePair? stride = Along(SizeArguments.Pair("Stride", new(1, 1), 1, arguments, problems), 1, isSequence);
        SizePair? dilation = Along(SizeArguments.Pair("Dilation", new(1, 1), 1, arguments, problems), 1, isSequence);
        SizePair? padding = same ? new(0, 0) : Along(SizeArguments.Pair("Padding", new(0, 0), 0, arguments, problems), 0, isSequence);
        bool isMap = RequireFeatureMap(layer, input, problems) && (!isSequence || RequireSequence(layer, input, problems));
        if (kernel is not { } k || stride is not { } s || dilation is not { } d || padding is not { } p
            || contradictory || !isMap || input is not { } shape)
        {
            return null;
        }

        if (!same)
        {
            var padded = new Window2d(k.Height, k.Width, s.Height, s.Width, p.Height, p.Height, p.Width, p.Width, d.Height, d.Width);
            return Fit(padded, shape, problems);
        }

        var window = new Window2d(k.Height, k.Width, s.Height, s.Width, 0, 0, 0, 0, d.Height, d.Width);
        long rows = SamePadding(shape.Height, window.ExtentH, s.Height);
        long columns = SamePadding(shape.Width, window.ExtentW, s.Width);
        if (!CheckPaddedSize(shape, rows, columns, problems))
        {
            return null;
        }

        // The odd row or column of zeros is at the bottom and on the right, as in TensorFlow.
        return window with
        {
            PadTop = (int)(rows / 2),
            PadBottom = (int)(rows - (rows / 2)),
            PadLeft = (int)(columns / 2),
            PadRight = (int)(columns - (columns / 2)),
        };
    }

    /// <summary>The window of a pool; null after a mistake, or where the input is hidden.</summary>
    /// <param name="isSequence">Whether the window is over sequences, maps of one row.</param>
    public static Window2d? ReadPool(
        string layer, LayerArguments arguments, TensorShape? input, LayerProblems problems, bool isSequence = false)
    {
        SizePair? kernel = Along(SizeArguments.Sides("kernel", arguments, problems), 1, isSequence);
        SizePair? stride = Along(SizeArguments.Pair("Stride", kernel ?? new(1, 1), 1, arguments, problems), 1, isSequence);
        SizePair? padding = Along(SizeArguments.Pair("Padding", new(0, 0), 0, arguments, problems), 0, isSequence);
        bool isMap = RequireFeatureMap(layer, input, problems) && (!isSequence || RequireSequence(layer, input, problems));
        if (kernel is not { } k || padding is not { } p)
        {
            return null;
        }

        if (p.Height > k.Height / 2 || p.Width > k.Width / 2)
        {
            problems.Error(
                DiagnosticIds.PoolPaddingTooLarge,
                TextOf.Pair(p.Height, p.Width),
                TextOf.Pair(k.Height, k.Width),
                TextOf.Pair(k.Height / 2, k.Width / 2));
            return null;
        }

        if (stride is not { } s || !isMap || input is not { } shape)
        {
            return null;
        }

        bool ceil = arguments.Flag("CeilMode", false);
        return Fit(
            new Window2d(k.Height, k.Width, s.Height, s.Width, p.Height, p.Height, p.Width, p.Width, CeilMode: ceil), shape, problems);
    }

    /// <summary>Reports a vector where a feature map is needed. A hidden input may be one.</summary>
    public static bool RequireFeatureMap(string layer, TensorShape? input, LayerProblems problems)
    {
        if (input is not { IsVector: true } vector)
        {
            return true;
        }

        problems.Error(DiagnosticIds.FeatureMapNeeded, layer, TextOf.Integer(vector.Channels));
        return false;
    }

    /// <summary>Reports a map of several rows where a sequence is needed.</summary>
    private static bool RequireSequence(string layer, TensorShape? input, LayerProblems problems)
    {
        if (input is not { Height: > 1 } map)
        {
            return true;
        }

        problems.Error(DiagnosticIds.SequenceNeeded, layer, TextOf.Integer(map.Height), layer.Replace("1d", "2d"));
        return false;
    }

    /// <summary>A size along a sequence, and what there is across it.</summary>
    private static SizePair? Along(SizePair? size, int across, bool isSequence) =>
        isSequence && size is { } both ? both with { Height = across } : size;

    private static Window2d? Fit(Window2d window, TensorShape input, LayerProblems problems)
    {
        if (!CheckPaddedSize(input, 2L * window.PadTop, 2L * window.PadLeft, problems))
        {
            return null;
        }

        long height = input.Height + (2L * window.PadTop);
        long width = input.Width + (2L * window.PadLeft);
        if (window.ExtentH <= height && window.ExtentW <= width)
        {
            return window;
        }

        string kernel = $"kernel {TextOf.Pair(window.KernelH, window.KernelW)}";
        if (window.DilationH != 1 || window.DilationW != 1)
        {
            string dilation = TextOf.Pair(window.DilationH, window.DilationW);
            kernel += $" with dilation {dilation}, which spans {TextOf.Pair(window.ExtentH, window.ExtentW)},";
        }

        long largestH = ((height - 1) / window.DilationH) + 1;
        long largestW = ((width - 1) / window.DilationW) + 1;
        long largest = Math.Min(largestH, largestW);
        problems.Error(
            DiagnosticIds.KernelTooLarge,
            kernel,
            FormattableString.Invariant($"{height}×{width}"),
            window.KernelH == window.KernelW ? TextOf.Pair(largest, largest) : FormattableString.Invariant($"{largestH}×{largestW}"));
        return null;
    }

    /// <summary>Reports a map that zeros around it make too large.</summary>
    public static bool CheckPaddedSize(TensorShape input, long rows, long columns, LayerProblems problems)
    {
        long height = input.Height + rows;
        long width = input.Width + columns;
        if (height < GraphLimits.ValueElements && width < GraphLimits.ValueElements)
        {
            return true;
        }

        problems.Error(
            DiagnosticIds.PaddedInputTooLarge,
            FormattableString.Invariant($"{height}×{width}"),
            TextOf.Count(GraphLimits.ValueElements));
        return false;
    }

    /// <summary>The zeros on both sides together that make ⌈size / stride⌉ positions.</summary>
    private static long SamePadding(long size, long extent, long stride) =>
        Math.Max(0, (((size + stride - 1) / stride) - 1) * stride + extent - size);
}
