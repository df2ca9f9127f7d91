using NetGen.Generator.Declaration;

namespace NetGen.Generator.Schedule.Products;

/// <summary>
/// How what a tile reads of the right operand stays in the first-level cache. All tiles along the left axes read the same of it: where that is
/// more than the cache holds, the reduction is cut into parts, all tiles take the first part, then all take the next, and the sums wait in the
/// result meanwhile (the loop over k<sub>c</sub> of Goto and van de Geijn, 2008). A result is the same sum in the same order; what it is added
/// to in place comes first.
/// </summary>
internal static class CacheBlocking
{
    /// <summary>Floats of the right operand in a part, half of a cache of 32 KB: the left operand and the results need room as well.</summary>
    private const int PartFloats = 4096;

    /// <summary>Floats that arrive from the next cache in time, with what is fetched ahead of its reading.</summary>
    private const int TolerableFloats = 3 * PartFloats;

    /// <summary>Floats of the left operand that stay in the second-level cache while one tile along the right axes after the other reads them.</summary>
    private const int LeftPartFloats = MemoryLevels.L2Floats / 2;

    /// <summary>Tiles that have to share a part before it pays to load and store their sums once more.</summary>
    private const int FewestTiles = 6;

    /// <summary>Tiles along the right axes that have to read the left operand before it pays to keep it in the second-level cache.</summary>
    private const int FewestReaders = 6;

    /// <summary>Units of work that some threads can share about equally.</summary>
    private const int FewestUnits = 8;

    // Far enough ahead for the latency of the level that the operand comes from, near enough to be in the cache still.
    private const int FloatsAheadInL2 = 512;
    private const int FloatsAheadBeyondL2 = 1024;

    /// <summary>Parts of a kernel's reduction, 1 where it is not cut.</summary>
    public static int Parts(ProductKernel kernel)
    {
        ProductSpace space = kernel.Space;
        ProductRegion region = kernel.Region;
        bool canCut = space.LeftKind == LeftOperandKind.Broadcast
            && space.Store != StoreMode.AccumulateLaneSum
            && space.Initial != InitialValue.BiasAlongLeft
            && space.Reduction.Count == 1
            && space.Batch.All(loop => loop.Extent == 1)
            && region.Sets == 1
            && !space.UsesCount
            && kernel.Tiles.All(tile => tile.HasLoopInside(space.Reduction[0]));
        if (!canCut || kernel.LeftTiles < FewestTiles)
        {
            return 1;
        }

        long right = kernel.RightFloatsPerTile, left = kernel.LeftFloats;
        long parts = right > TolerableFloats ? (right + (PartFloats / 2)) / PartFloats : 1;
        if (left > LeftPartFloats && region.RightTiles >= FewestReaders)
        {
            parts = Math.Max(parts, Math.Min((left + LeftPartFloats - 1) / LeftPartFloats, right / PartFloats));
        }

        int extent = space.Reduction[0].Loops[0].Extent;
        return (int)Math.Min(Math.Max(parts, 1), Math.Min(extent, int.MaxValue / extent));
    }

    /// <summary>
    /// Whether tiles of several sizes along the left axes are one kernel's: each kernel reads all of the right operand, from afar if it is large.
    /// Threads share what is around them, of which there has to be enough.
    /// </summary>
    public static bool SharesRight(ProductKernel kernel) => FloatsAhead(kernel) > 0
        && kernel.Unroll != UnrollMode.Full
        && kernel.Space.Batch.Aggregate((long)kernel.Region.RightTiles, (units, loop) => units * loop.Extent) >= FewestUnits;

    /// <summary>
    /// How many floats before it is read the right operand is fetched into the cache; 0 where it is there already, and where a tile does nothing but
    /// read it: then the core runs as far ahead by itself.
    /// </summary>
    public static int FloatsAhead(ProductKernel kernel) => kernel.Region.LeftTile == 1 ? 0
        : kernel.Space.RightSource != MemoryLevel.L2 ? FloatsAheadBeyondL2
        : kernel.RightFloatsPerTile >= PartFloats ? FloatsAheadInL2
        : 0;
}
