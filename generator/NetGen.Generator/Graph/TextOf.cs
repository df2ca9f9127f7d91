using System.Globalization;

namespace NetGen.Generator.Graph;

/// <summary>Numbers as descriptions and messages show them, the same in every culture.</summary>
internal static class TextOf
{
    private const int MostDivisors = 12;

    public static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands separated: 268,435,456.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A size that is the same in both directions once, others as height×width.</summary>
    public static string Pair(long height, long width) => height == width
        ? height.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "{0}×{1}", height, width);

    /// <summary>What divides both of two positive numbers: <c>1, 2, 4</c>.</summary>
    public static string CommonDivisors(int first, int second)
    {
        while (second != 0)
        {
            (first, second) = (second, first % second);
        }

        var divisors = new SortedSet<int>();
        for (int divisor = 1; divisor <= first / divisor; divisor++)
        {
            if (first % divisor == 0)
            {
                divisors.Add(divisor);
                divisors.Add(first / divisor);
            }
        }

        return divisors.Count <= MostDivisors
            ? string.Join(", ", divisors.Select(Integer))
            : string.Join(", ", divisors.Take(MostDivisors - 1).Select(Integer)) + ", … " + Integer(divisors.Max);
    }
}
