using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Schedule.Products;

/// <summary>
/// One kernel to print: a region of a product space at one vector width, with smaller ones beside it. Equal kernels are printed once.
/// </summary>
/// <param name="TakesRange">Whether it computes a range of its units, so that threads can share them, or all.</param>
internal sealed record ProductKernel(ProductSpace Space, ProductRegion Region, VectorWidth Width, UnrollMode Unroll, bool TakesRange = false)
{
    /// <summary>Regions of smaller tiles beside it that the same kernel computes, so that they find what it has read of the right operand.</summary>
    public EquatableArray<ProductRegion> Remainders { get; init; } = EquatableArray<ProductRegion>.Empty;

    /// <summary>A kernel of one region for each of the regions.</summary>
    public IReadOnlyList<ProductKernel> Tiles =>
        Remainders.Prepend(Region).Select(region => this with { Region = region, Remainders = EquatableArray<ProductRegion>.Empty }).ToList();

    /// <summary>
    /// Whether it takes the number of iterations of the outermost reduction loop as an argument, so that it serves all of them. Where that loop
    /// has the steps in it, its length decides how many a pass takes. A kernel without a range that does not take its shape has the outermost right
    /// axis' length in it anyway.
    /// </summary>
    public bool TakesDepth => TakesShape
        || (TakesRange && Space.NameOfAnyDepth is not null && Space.Reduction[0].Loops[0].Extent > 1 && Tiles.All(tile => tile.HasLoopInside(Space.Reduction[0])));

    /// <summary>Whether it takes as arguments the numbers that <see cref="ProductSpace.NameOfAnyShape"/> leaves out.</summary>
    public bool TakesShape => Space.NameOfAnyShape is not null
        && Region.Sets == 1
        && Space.Reduction.Count == 1
        && !Space.UsesCount
        && Tiles.All(tile => tile.Region.Left.Count == 1 && tile.HasLoopInside(Space.Reduction[0]));

    /// <summary>Tiles along the left axes.</summary>
    public int LeftTiles => Remainders.Prepend(Region).Sum(region => region.LeftTiles);

    public int MultiplyAddsPerStep => Region.LeftTile * Region.RightTile;

    /// <summary>Floats that a tile reads of the right operand.</summary>
    public long RightFloatsPerTile => Space.Steps(Width) * Region.RightTile * Width.Lanes;

    /// <summary>Floats of the left operand that the region reads, at most.</summary>
    public long LeftFloats
    {
        get
        {
            long reads = (long)Region.LeftTiles * Region.LeftTile * Space.Steps(Width);
            long range = 1 + Region.Left.Sum(segment => ((long)(segment.Trips * segment.Tile) - 1) * segment.Axis.OperandStep)
                + Space.Reduction.Max(nest => nest.Loops.Sum(loop => (loop.Extent - 1L) * loop.LeftStep));
            return Math.Min(reads, range);
        }
    }

    /// <summary>Parts into which the outermost loop of the reduction is cut.</summary>
    public int Parts => CacheBlocking.Parts(this);

    private int InstructionsPerStep =>
        (MultiplyAddsPerStep * CodeBudget.InstructionsPerMultiplyAdd)
        + ((Region.LeftTile + Region.RightTile) * CodeBudget.InstructionsPerLoad);

    /// <summary>How many of a nest's innermost loops are unrolled: as many as the code budget takes.</summary>
    public int UnrolledLoops(ReductionNest nest)
    {
        int unrolled = 0, budget = CodeBudget.LoopBody(Unroll, isDealt: Region.Sets > 1 && nest.Loops.Count > 1);
        long instructions = (long)InstructionsPerStep * Space.Reduction.Count;
        for (int i = nest.Loops.Count - 1; i >= 0 && !nest.Loops[i].IsCount; i--)
        {
            instructions *= nest.Loops[i].InVectors(Width).Extent;
            if (instructions > budget)
            {
                break;
            }

            unrolled++;
        }

        return unrolled;
    }

    /// <summary>Whether a rolled loop is left inside a nest's outermost one.</summary>
    public bool HasLoopInside(ReductionNest nest) =>
        nest.Loops.Take(nest.Loops.Count - UnrolledLoops(nest)).Skip(1).Any(loop => loop is { Extent: > 1, IsCount: false });

    /// <summary>
    /// How many iterations of a loop one pass takes at once, given the steps of one iteration: enough for every set of accumulators, and as
    /// many as the code budget takes, preferably without a remainder.
    /// </summary>
    public int IterationsPerPass(ReductionLoop loop, int stepsPerIteration)
    {
        if (loop.IsCount)
        {
            return 1;
        }

        int least = Math.Min((Region.Sets + stepsPerIteration - 1) / stepsPerIteration, loop.Extent);
        int budget = Unroll == UnrollMode.Compact || Region.Sets > 1 ? 0 : CodeBudget.LoopPass(Width);
        long most = Math.Min(budget / ((long)InstructionsPerStep * stepsPerIteration), loop.Extent);
        for (int factor = (int)most; factor > Math.Max(least, most / 2); factor--)
        {
            if (loop.Extent % factor == 0)
            {
                return factor;
            }
        }

        return (int)Math.Max(least, most);
    }

    /// <summary>IL instructions if every reduction loop of known length were unrolled.</summary>
    public long UnrolledInstructions => InstructionsPerStep * Space.Reduction.Sum(
        nest => nest.Loops.Where(loop => !loop.IsCount).Aggregate(1L, (steps, loop) => steps * loop.InVectors(Width).Extent));

    /// <summary>The same kernel wherever its region starts: the caller adds the start, so that equal kernels are one.</summary>
    public ProductKernel Relocatable => Remainders.Count > 0
        ? this with { Region = AtFirstVector(Region), Remainders = Remainders.Select(AtFirstVector).ToEquatableArray() }
        : this with { Region = AtFirstVector(Region) with { Left = AtZero(Region.Left) } };

    /// <summary>The kernels that compute a space at one width.</summary>
    public static IEnumerable<ProductKernel> For(ProductSpace space, VectorWidth width, UnrollMode unroll)
    {
        ProductTiling tiling = ProductTiler.Choose(space, width);
        foreach (IGrouping<EquatableArray<AxisSegment>, ProductRegion> regions in ProductRegion.Cover(space, tiling, width).GroupBy(region => region.Right))
        {
            var first = new ProductKernel(space, regions.First(), width, unroll);
            ProductRegion[] rest = regions.Skip(1).ToArray();
            if (CacheBlocking.SharesRight(first))
            {
                yield return first with { Remainders = rest.ToEquatableArray() };
                continue;
            }

            yield return first;
            foreach (ProductRegion region in rest)
            {
                yield return first with { Region = region };
            }
        }
    }

    private static ProductRegion AtFirstVector(ProductRegion region) => region with { Right = AtZero(region.Right) };

    private static EquatableArray<AxisSegment> AtZero(EquatableArray<AxisSegment> segments) =>
        segments.Select(segment => segment with { Start = 0 }).ToEquatableArray();
}
