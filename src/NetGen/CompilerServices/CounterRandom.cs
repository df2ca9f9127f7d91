namespace NetGen.CompilerServices;

/// <summary>
/// Counter-based random numbers: the n-th number of a stream is a function of the stream's key and n, in integer arithmetic only, hence
/// the same on every platform and in whatever order it is asked for. The function is SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014), whose state is a counter.
/// </summary>
internal static class CounterRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>The key of an independent stream.</summary>
    public static ulong Key(int seed, ulong stream) => Mix(Mix((ulong)(uint)seed + Gamma) + (stream + 1) * Gamma);

    /// <summary>The n-th number of a stream, uniform in all 64 bits.</summary>
    public static ulong Bits(ulong key, ulong n) => Mix(key + (n + 1) * Gamma);

    /// <summary>The n-th number of a stream, uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public static double Uniform(ulong key, ulong n) => (Bits(key, n) >> 40) * (1.0 / (1 << 24));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
