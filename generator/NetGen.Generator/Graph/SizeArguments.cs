using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>A size in both directions of an image.</summary>
internal readonly record struct SizePair(int Height, int Width);

/// <summary>Reads sizes that must be positive, and sizes that have one argument for both directions and one for each.</summary>
internal static class SizeArguments
{
    /// <summary>Reports a size below 1 and gives 0 for it, so that every size that is not positive looks the same.</summary>
    public static int Positive(string name, int value, LayerProblems problems)
    {
        if (value >= 1)
        {
            return value;
        }

        problems.Error(DiagnosticIds.SizeNotPositive, name, TextOf.Integer(value));
        return 0;
    }

    /// <summary>Reads <c>kernelSize</c>, or <c>kernelHeight</c> and <c>kernelWidth</c>. Null after a mistake.</summary>
    public static SizePair? Sides(string stem, LayerArguments arguments, LayerProblems problems) =>
        Positional(stem + "Size", stem + "Height", stem + "Width", arguments, problems);

    /// <summary>Reads the sizes of a constructor that takes one for both directions, or one for each. Null after a mistake.</summary>
    public static SizePair? Positional(string both, string vertical, string horizontal, LayerArguments arguments, LayerProblems problems)
    {
        if (arguments.IsSet(both))
        {
            int size = Positive(both, arguments.Integer(both, 1), problems);
            return size == 0 ? null : new(size, size);
        }

        int height = Positive(vertical, arguments.Integer(vertical, 1), problems);
        int width = Positive(horizontal, arguments.Integer(horizontal, 1), problems);
        return height == 0 || width == 0 ? null : new(height, width);
    }

    /// <summary>Reads <c>Stride</c>, or <c>StrideH</c> and <c>StrideW</c>. Null after a mistake.</summary>
    public static SizePair? Pair(string name, SizePair fallback, int least, LayerArguments arguments, LayerProblems problems)
    {
        string nameH = name + "H";
        string nameW = name + "W";
        bool bad = false;
        if (arguments.IsSet(name))
        {
            foreach (string direction in new[] { nameH, nameW }.Where(arguments.IsSet))
            {
                problems.Error(DiagnosticIds.ContradictoryArguments, name, direction);
                bad = true;
            }
        }

        foreach (string argument in new[] { name, nameH, nameW })
        {
            if (arguments.IsSet(argument) && arguments.Integer(argument, least) < least)
            {
                string id = least == 0 ? DiagnosticIds.NegativePadding : DiagnosticIds.SizeNotPositive;
                problems.Error(id, argument, TextOf.Integer(arguments.Integer(argument, least)));
                bad = true;
            }
        }

        if (bad)
        {
            return null;
        }

        return new(
            arguments.Integer(nameH, arguments.Integer(name, fallback.Height)),
            arguments.Integer(nameW, arguments.Integer(name, fallback.Width)));
    }
}
