namespace NetGen.Tests;

/// <summary>Compares what was computed in single precision with what was in double.</summary>
internal static class Close
{
    /// <summary>Demands an error of at most a fraction of the greatest value expected; NaN where NaN is expected, and only there.</summary>
    public static void Assert(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        double scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Count; i++)
        {
            bool close = double.IsFinite(expected[i])
                ? Math.Abs(actual[i] - expected[i]) <= tolerance * scale
                : expected[i].Equals(actual[i]);
            Xunit.Assert.True(close, $"element {i} is {actual[i]:R} where {expected[i]:R} is right; the greatest is {scale:R}");
        }
    }
}
