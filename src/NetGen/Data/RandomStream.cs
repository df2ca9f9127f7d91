using NetGen.CompilerServices;

namespace NetGen;

/// <summary>One stream of <see cref="CounterRandom"/>, drawn in order.</summary>
/// <param name="seed">The user's seed.</param>
/// <param name="stream">The stream among the seed's streams.</param>
internal struct RandomStream(int seed, ulong stream)
{
    private readonly ulong _key = CounterRandom.Key(seed, stream);
    private ulong _drawn;

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(CounterRandom.Bits(_key, _drawn++), (ulong)bound, out _);

    /// <summary>0 … <paramref name="count"/> − 1 in random order.</summary>
    public static int[] Permutation(int count, int seed, ulong stream)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        new RandomStream(seed, stream).Shuffle(order);
        return order;
    }

    /// <summary>Brings the elements into random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> order)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Uniform in [0, 1), exact in single precision.</summary>
    public float NextSingle() => (float)CounterRandom.Uniform(_key, _drawn++);

    /// <summary>Uniform between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public float NextSingle(float low, float high) => low + (high - low) * NextSingle();
}
