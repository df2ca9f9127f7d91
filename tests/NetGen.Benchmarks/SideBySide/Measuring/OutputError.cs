namespace NetGen.Benchmarks.SideBySide;

/// <summary>How far two engines' outputs are apart.</summary>
internal static class OutputError
{
    /// <summary>
    /// The most that float32 and another order of summation, or Winograd's transforms, explain in a whole network.
    /// </summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest difference as a part of the largest expected output; NaN where nothing can be said.</summary>
    public static double Relative(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double difference = 0, largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!float.IsFinite(expected[i]) || !float.IsFinite(actual[i])) return double.NaN;
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
        }

        return difference / largest;
    }

    /// <summary>Whether an error is small enough; NaN is not.</summary>
    public static bool IsTolerable(double error) => error <= Tolerance;
}
