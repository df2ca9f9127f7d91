using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>How emitted code moves, masks and reduces the lanes of a vector, by constants that the JIT knows.</summary>
internal static class Lanes
{
    /// <summary>A vector of integers, lane by lane.</summary>
    public static string Constant(VectorWidth width, Func<int, string> lane) =>
        $"{width.Class}.Create({string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane))})";

    /// <summary>All bits set in the lanes chosen, none in the others.</summary>
    public static string Mask(VectorWidth width, Func<int, bool> lane) => $"{Constant(width, i => lane(i) ? "-1" : "0")}.AsSingle()";

    /// <summary>The first lanes of a vector, and another's behind them; the vector itself where they are all of it.</summary>
    public static string First(VectorWidth width, int count, string vector, string others) => count >= width.Lanes
        ? vector
        : $"{width.Class}.ConditionalSelect({Mask(width, i => i < count)}, {vector}, {others})";

    /// <summary>A vector whose lane <c>i</c> is lane <paramref name="source"/>(i) of another.</summary>
    public static string Permute(VectorWidth width, string vector, Func<int, int> source) =>
        $"{width.Class}.Shuffle({vector}, {Constant(width, i => $"{source(i)}")})";

    /// <summary>The even lanes of two vectors after each other.</summary>
    public static string Evens(VectorWidth width, string low, string high) => Alternate(width, low, high, 0);

    /// <summary>The odd lanes of two vectors after each other.</summary>
    public static string Odds(VectorWidth width, string low, string high) => Alternate(width, low, high, 1);

    /// <summary>Each lane of a vector's lower (0) or upper (1) half twice.</summary>
    public static string Twice(VectorWidth width, string vector, int half) =>
        Permute(width, vector, i => (half * width.Lanes / 2) + (i / 2));

    /// <summary>Writes the steps that leave in every lane of a variable the greatest of all its lanes.</summary>
    public static void EmitMaximum(SourceWriter writer, VectorWidth width, string variable)
    {
        for (int distance = width.Lanes / 2; distance > 0; distance /= 2)
        {
            writer.Line($"{variable} = {width.Class}.MaxNative({variable}, {Permute(width, variable, i => i ^ distance)});");
        }
    }

    /// <summary>
    /// Writes the code for <paramref name="count"/> elements in a row: a loop over whole vectors, straight for a single one, and the
    /// rest after it.
    /// </summary>
    /// <param name="body">Given the loop's variable (null outside it), the first element counted from there, and the number of elements.</param>
    public static void ForEachVector(SourceWriter writer, VectorWidth width, int count, string variable, Action<string?, int, int> body)
    {
        int whole = count / width.Lanes * width.Lanes;
        if (whole > width.Lanes)
        {
            using (writer.Open($"for (int {variable} = 0; {variable} < {whole}; {variable} += {width.Lanes})"))
            {
                body(variable, 0, width.Lanes);
            }
        }
        else if (whole > 0)
        {
            using (writer.Open())
            {
                body(null, 0, width.Lanes);
            }
        }

        if (whole < count)
        {
            using (writer.Open())
            {
                body(null, whole, count - whole);
            }
        }
    }

    private static string Alternate(VectorWidth width, string low, string high, int parity)
    {
        int half = width.Lanes / 2;
        string fromLow = Permute(width, low, i => (2 * (i % half)) + parity);
        return low == high ? fromLow
            : $"{width.Class}.ConditionalSelect({Mask(width, i => i < half)}, {fromLow}, {Permute(width, high, i => (2 * (i % half)) + parity)})";
    }
}
