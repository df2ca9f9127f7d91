namespace NetGen.Tests.Reference;

/// <summary>The standard normal distribution, in double.</summary>
internal static class NormalDistribution
{
    /// <summary>Where the series gives way to the continued fraction, which needs fewer terms the further out it is.</summary>
    private const double Tail = 4;

    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The probability of a value below x, (1 + erf(x / √2)) / 2.</summary>
    public static double Below(double x) => x < -Tail ? Above(-x) : x > Tail ? 1 - Above(x) : 0.5 + (Density(x) * Series(x));

    /// <summary>x + x³/3 + x⁵/(3·5) + … (Marsaglia, Evaluating the Normal Distribution, 2004).</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int divisor = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); divisor += 2)
        {
            term *= x * x / divisor;
            sum += term;
        }

        return sum;
    }

    /// <summary>Density / (x + 1/(x + 2/(x + 3/…))) (Laplace).</summary>
    private static double Above(double x)
    {
        double fraction = x;
        for (int k = 200; k > 0; k--)
        {
            fraction = x + (k / fraction);
        }

        return Density(x) / fraction;
    }
}
