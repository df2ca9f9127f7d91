namespace NetGen.Tests.Operators;

/// <summary>Values that look random and are the same every time.</summary>
internal static class Images
{
    /// <summary>Between -1 and 1.</summary>
    public static float[] Smooth(int count, int seed) => Fill(count, seed, random => 2 * random.NextSingle() - 1);

    /// <summary>Few different values, so that windows have several greatest ones.</summary>
    public static float[] WithTies(int count, int seed) => Fill(count, seed, random => random.Next(-3, 3) / 2f);

    /// <summary>One value in fifty is infinite or no number.</summary>
    public static float[] WithExtremes(int count, int seed) => Fill(count, seed, random => random.Next(150) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => float.NegativeInfinity,
        _ => 2 * random.NextSingle() - 1,
    });

    private static float[] Fill(int count, int seed, Func<Random, float> value)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => value(random))];
    }
}
