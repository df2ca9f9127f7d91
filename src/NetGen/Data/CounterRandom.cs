namespace NetGen;

/// <summary>
/// A counter-based generator: value n of a stream is a hash of (key, n), so that streams are independent of each other and of the order
/// in which they are drawn, and the bits are the same on every machine and in every version of the framework.
/// </summary>
/// <remarks>The hash is the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</remarks>
internal struct CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong _counter;

    /// <summary>The stream with this number among a seed's streams.</summary>
    public CounterRandom(ulong seed, ulong stream) => _counter = Mix(Mix(seed + GoldenGamma) + stream);

    public ulong NextUInt64()
    {
        _counter += GoldenGamma;
        return Mix(_counter);
    }

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Uniform in [0, 1): a multiple of 2⁻²⁴, exact in single precision.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float NextSingle(float low, float high) => low + (high - low) * NextSingle();

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
