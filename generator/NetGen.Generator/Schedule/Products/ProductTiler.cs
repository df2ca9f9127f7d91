using NetGen.Generator.Collections;

namespace NetGen.Generator.Schedule.Products;

/// <summary>
/// Chooses the register tile of a product. The cost of a tile is counted in cycles of a core with two multiply-add units and two
/// loads a cycle: each reduction step takes the longest of its multiply-adds, its loads, and the latency of an accumulator that
/// waits for itself.
/// </summary>
internal static class ProductTiler
{
    private const int MultiplyAddLatency = 4;
    private const int MultiplyAddUnits = 2;
    private const int LoadUnits = 2;

    /// <summary>Cycles to begin and end a tile, besides its stores: loop control and filling the pipeline.</summary>
    private const double CyclesPerTile = 12;

    /// <summary>Each kernel more costs code and a call; it has to gain this share.</summary>
    private const double CostPerExtraRegion = 0.01;

    public static ProductTiling Choose(ProductSpace space, VectorWidth width)
    {
        List<int[]> lefts = Candidates(space.LeftAxes, width);
        List<int[]> rights = Candidates(space.RightAxes, width);
        double steps = space.Steps(width);
        ProductTiling? best = null;
        double bestCycles = double.PositiveInfinity;
        foreach (int[] left in lefts)
        {
            foreach (int[] right in rights)
            {
                int leftTile = Product(left), rightTile = Product(right);
                int sets = Sets(space, leftTile, rightTile, width, steps);
                if (Registers(space, leftTile, rightTile, sets) > width.Registers)
                {
                    continue;
                }

                double cycles = Cycles(space, left, right, sets, steps, width);
                if (cycles < bestCycles)
                {
                    bestCycles = cycles;
                    best = new ProductTiling(left.ToEquatableArray(), right.ToEquatableArray(), sets);
                }
            }
        }

        return best!;
    }

    /// <summary>Registers that a tile holds: accumulators, right vectors that several rows share, and one broadcast or left vector.</summary>
    public static int Registers(ProductSpace space, int leftTile, int rightTile, int sets) =>
        space.LeftKind == LeftOperandKind.One
            ? rightTile * sets
            : (leftTile * rightTile * sets) + (leftTile > 1 ? rightTile : 0) + 1;

    /// <summary>Enough accumulators in flight to keep both units busy, where the reduction is long enough to share out.</summary>
    private static int Sets(ProductSpace space, int leftTile, int rightTile, VectorWidth width, double steps)
    {
        int wanted = MultiplyAddLatency * MultiplyAddUnits;
        int sets = (int)Math.Min((wanted + (leftTile * rightTile) - 1) / (leftTile * rightTile), Math.Max(1, steps / 2));
        while (sets > 1 && Registers(space, leftTile, rightTile, sets) > width.Registers)
        {
            sets--;
        }

        return sets;
    }

    private static double Cycles(ProductSpace space, int[] left, int[] right, int sets, double steps, VectorWidth width)
    {
        IReadOnlyList<ProductRegion> regions = ProductRegion.Cover(
            space, new ProductTiling(left.ToEquatableArray(), right.ToEquatableArray(), sets), width);
        double cycles = 0;
        foreach (ProductRegion region in regions)
        {
            double tiles = region.Left.Concat(region.Right).Aggregate(1.0, (product, segment) => product * segment.Trips);
            int accumulators = region.LeftTile * region.RightTile;
            double stores = space.Store == StoreMode.Overwrite ? accumulators : 2.0 * accumulators;
            if (space.Store == StoreMode.AccumulateLaneSum)
            {
                stores = 8.0 * accumulators;
            }

            cycles += tiles * ((steps * StepCycles(space, region.LeftTile, region.RightTile, sets)) + CyclesPerTile + stores);
        }

        return cycles * (1 + (CostPerExtraRegion * (regions.Count - 1)));
    }

    private static double StepCycles(ProductSpace space, int leftTile, int rightTile, int sets)
    {
        double arithmetic = (double)leftTile * rightTile / MultiplyAddUnits;
        double loads = (double)(rightTile + (space.LeftKind == LeftOperandKind.One ? 0 : leftTile)) / LoadUnits;
        double latency = (double)MultiplyAddLatency / sets;
        return Math.Max(arithmetic, Math.Max(loads, latency));
    }

    private static List<int[]> Candidates(EquatableArray<Axis> axes, VectorWidth width)
    {
        var result = new List<int[]> { Array.Empty<int>() };
        foreach (Axis axis in axes)
        {
            int most = axis.CanTile ? Math.Min(axis.InVectors(width).Extent, width.Registers - 2) : 1;
            result = result
                .SelectMany(chosen => Enumerable.Range(1, most).Select(tile => chosen.Append(tile).ToArray()))
                .Where(tiles => Product(tiles) < width.Registers)
                .ToList();
        }

        return result;
    }

    private static int Product(int[] tiles) => tiles.Aggregate(1, (product, tile) => product * tile);
}
