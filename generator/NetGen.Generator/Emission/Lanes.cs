using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>How emitted code covers elements that lie in a row with vectors.</summary>
internal static class Lanes
{
    /// <summary>The first lanes of a vector, and another's behind them; the vector itself where they are all of it.</summary>
    public static string First(VectorWidth width, int count, string vector, string others) =>
        count >= width.Lanes ? vector : $"VectorLanes.First({vector}, {count}, {others})";

    /// <summary>
    /// Writes the code for <paramref name="count"/> elements in a row: a loop over whole vectors, straight for a single one, and the
    /// rest after it.
    /// </summary>
    /// <param name="body">Takes the loop's variable (null outside it), the first element counted from there, and their number.</param>
    public static void ForEachVector(
        SourceWriter writer, VectorWidth width, int count, string variable, Action<string?, int, int> body)
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
}
