using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Compares float32 results with the same computed in double. Errors are relative to the largest value of the tensor.
/// </summary>
/// <remarks>
/// A sum of K products of magnitude s, kept in float32 (unit roundoff u = 6e-8), grows like s·√K while each addition errs by at most u
/// times the sum so far: the errors add up to about u·s·K/√6 in the mean square, that is u·√(K/6) of the sum's own size and a quarter
/// of that of the largest of many sums. With four standard deviations for the worst element too, the error is about u·√(K/6) of the
/// largest value: 3e-7 for K = 150 (a 5×5 filter over 6 channels), 1.1e-6 for K = 2,000. Gradients of weights sum over the pixels of all
/// images as well. Layers in a chain add what they inherit, and after one that saturates the largest value is small against what
/// went in.
/// </remarks>
internal static class Closeness
{
    /// <summary>One layer's result.</summary>
    public const double Forward = 2e-6;

    /// <summary>Gradients, and everything in a chain.</summary>
    public const double Gradient = 5e-6;

    public static void Check(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double largest = 0;
        foreach (double value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        Check(what, expected, actual, tolerance, largest);
    }

    /// <param name="largest">What errors are relative to.</param>
    public static void Check(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, double largest)
    {
        Assert.Equal(expected.Length, actual.Length);
        int worst = -1;
        double error = tolerance * largest;
        for (int i = 0; i < expected.Length; i++)
        {
            // NaN compares false: written so that one is the worst error.
            if (!(Math.Abs(expected[i] - actual[i]) <= error))
            {
                worst = i;
                error = Math.Abs(expected[i] - actual[i]);
            }
        }

        if (worst >= 0)
        {
            Assert.Fail(FormattableString.Invariant(
                $"{what}[{worst}] is {actual[worst]:R}, by the reference {expected[worst]:R}: {error / largest:E1} of the largest value {largest:G4}, allowed are {tolerance:E1}"));
        }
    }

    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }

        return result;
    }
}
