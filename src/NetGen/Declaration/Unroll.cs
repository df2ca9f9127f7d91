namespace NetGen;

/// <summary>How far the generator unrolls the loops of a network's kernels.</summary>
public enum Unroll
{
    /// <summary>What gains speed is unrolled, the rest stays loops.</summary>
    Balanced = 0,

    /// <summary>Everything is unrolled that the JIT compiler still optimises: the fastest start of a small network, much more code.</summary>
    Full = 1,

    /// <summary>Only register tiles are unrolled: the least code and the shortest build.</summary>
    Compact = 2,
}
