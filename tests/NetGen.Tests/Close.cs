namespace NetGen.Tests;

/// <summary>Compares what was computed in single precision with what was in double.</summary>
/// <remarks>
/// A sum of K products of magnitude s, kept in float32 (unit roundoff u = 6e-8), grows like s·√K while each addition errs by at most u
/// times the sum so far: the errors add up to about u·s·K/√6 in the mean square, that is u·√(K/6) of the sum's own size and a quarter
/// of that of the largest of many sums. With four standard deviations for the worst element too, the error is about u·√(K/6) of the
/// largest value: 3e-7 for K = 150 (a 5×5 filter over 6 channels), 1.1e-6 for K = 2,000. Gradients of weights sum over the pixels of all
/// images as well. Layers in a chain add what they inherit; how much that is depends on the chain, and <see cref="Reference.ReferencePass"/>
/// tells.
/// </remarks>
internal static class Close
{
    /// <summary>The bound for one layer's result.</summary>
    public const double Forward = 2e-6;

    /// <summary>
    /// The bound for a layer that predicts by Winograd's minimal filtering, whose transforms add values up to some hundred times as large as
    /// their results.
    /// </summary>
    public const double Winograd = 2e-5;

    /// <summary>The bound for gradients.</summary>
    public const double Gradient = 5e-6;

    /// <summary>Demands an error of at most a fraction of the greatest value expected; NaN where NaN is expected, and only there.</summary>
    public static void Assert(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance, string what = "element")
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        double scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int worst = -1;
        double greatest = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            double error = !double.IsFinite(expected[i]) && expected[i].Equals(actual[i]) ? 0
                : double.IsFinite(expected[i]) && float.IsFinite(actual[i]) ? Math.Abs(actual[i] - expected[i])
                : double.PositiveInfinity;
            if (error > tolerance * scale && error > greatest)
            {
                worst = i;
                greatest = error;
            }
        }

        Xunit.Assert.True(worst < 0, worst < 0 ? "" : FormattableString.Invariant(
            $"{what} {worst} is {actual[worst]:R} where {expected[worst]:R} is right: {greatest / scale:E1} of the greatest, {scale:R}, where {tolerance:E1} is allowed"));
    }
}
