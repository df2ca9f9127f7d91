using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;

namespace NetGen.Generator.Schedule.Products;

/// <summary>One kernel to print: a region of a product space at one vector width. Equal kernels are printed once.</summary>
/// <param name="TakesRange">Whether it computes a range of its units, so that threads can share them, or all.</param>
internal sealed record ProductKernel(ProductSpace Space, ProductRegion Region, VectorWidth Width, UnrollMode Unroll, bool TakesRange = false)
{
    public int MultiplyAddsPerStep => Region.LeftTile * Region.RightTile;

    private int InstructionsPerStep =>
        (MultiplyAddsPerStep * CodeBudget.InstructionsPerMultiplyAdd)
        + ((Region.LeftTile + Region.RightTile) * CodeBudget.InstructionsPerLoad);

    /// <summary>How many of a nest's innermost loops are unrolled: as many as the code budget takes.</summary>
    public int UnrolledLoops(ReductionNest nest)
    {
        int unrolled = 0;
        long instructions = (long)InstructionsPerStep * Space.Reduction.Count;
        for (int i = nest.Loops.Count - 1; i >= 0 && !nest.Loops[i].IsCount; i--)
        {
            instructions *= nest.Loops[i].InVectors(Width).Extent;
            if (instructions > CodeBudget.LoopBody(Unroll, Region.Sets))
            {
                break;
            }

            unrolled++;
        }

        return unrolled;
    }

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
        int budget = Unroll == UnrollMode.Compact || Region.Sets > 1 ? 0 : CodeBudget.LoopPass;
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
    public ProductKernel Relocatable => this with
    {
        Region = Region with
        {
            Left = Region.Left.Select(segment => segment with { Start = 0 }).ToEquatableArray(),
            Right = Region.Right.Select(segment => segment with { Start = 0 }).ToEquatableArray(),
        },
    };

    /// <summary>The kernels that compute a space at one width.</summary>
    public static IEnumerable<ProductKernel> For(ProductSpace space, VectorWidth width, UnrollMode unroll)
    {
        ProductTiling tiling = ProductTiler.Choose(space, width);
        return ProductRegion.Cover(space, tiling, width).Select(region => new ProductKernel(space, region, width, unroll));
    }
}
