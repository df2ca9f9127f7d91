namespace NetGen.Generator.Schedule;

/// <summary>Where data of some size comes from when it is read again after everything else has been: the smallest cache that holds it.</summary>
internal enum MemoryLevel
{
    /// <summary>A core's own caches.</summary>
    L2,

    /// <summary>The cache that cores share.</summary>
    L3,

    /// <summary>Main memory.</summary>
    Ram,
}

/// <summary>
/// Sizes and speeds that costs are counted with, between those of desktop processors and of cloud servers. They are the same for every
/// machine: the schedule, and with it every result, must not depend on where a project is built.
/// </summary>
internal static class MemoryLevels
{
    /// <summary>Floats that a core's own caches hold.</summary>
    public const int L2Floats = 1 << 18;

    private const int L3Floats = 15 << 18;

    public static MemoryLevel Of(long floats) => floats <= L2Floats ? MemoryLevel.L2 : floats <= L3Floats ? MemoryLevel.L3 : MemoryLevel.Ram;

    /// <summary>
    /// Floats that a core reads in a cycle when it streams from so many places side by side: it fetches ahead in each of their pages by itself, and
    /// one alone does not keep main memory busy.
    /// </summary>
    public static double FloatsPerCycle(this MemoryLevel level, int streams = 1) => level switch
    {
        MemoryLevel.L2 => 10,
        MemoryLevel.L3 => 3,
        _ => streams switch { 1 => 1.3, 2 => 1.47, _ => 1.53 },
    };

    /// <summary>The farther of two levels.</summary>
    public static MemoryLevel Farther(MemoryLevel a, MemoryLevel b) => a > b ? a : b;

    /// <summary>Cycles to read so many floats from a level; by themselves they are where they fit.</summary>
    public static double ReadCycles(long floats, MemoryLevel? from = null) => floats / (from ?? Of(floats)).FloatsPerCycle();
}
