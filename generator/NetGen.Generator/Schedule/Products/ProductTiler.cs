using NetGen.Generator.Collections;

namespace NetGen.Generator.Schedule.Products;

/// <summary>
/// Chooses the register tile of a product. The cost of a tile is counted in cycles of a core with two multiply-add units and two
/// load units: each reduction step takes the longest of its multiply-adds, its loads, and the latency of an accumulator that
/// waits for itself.
/// </summary>
internal static class ProductTiler
{
    // Four cycles by the manuals; with no accumulator to spare a unit idles whenever two of them collide.
    private const int MultiplyAddLatency = 5;
    private const int MultiplyAddUnits = 2;
    private const double LoadsPerCycle = 2;

    // Where a broadcast is an instruction of its own; tiles with as many of them as multiply-adds measure 1.7 loads a cycle on Zen 4.
    private const double SeparateLoadsPerCycle = 1.6;

    /// <summary>Cycles to begin and end a tile, besides its stores: loop control and filling the pipeline.</summary>
    private const double CyclesPerTile = 12;

    /// <summary>Floats in a page of memory, within which a core recognises that it is read front to back.</summary>
    private const int FloatsInPage = 1024;

    /// <summary>What arithmetic does not hide of reading the right operand, which a tile reads anew from the second-level cache.</summary>
    private const double CyclesPerRightFloat = 0.0125;

    /// <summary>Each region more costs code, and its smaller tiles hide less; it has to gain this share.</summary>
    private const double CostPerExtraRegion = 0.05;

    /// <summary>What turns between sets of accumulators cost in code, and miss of the latency that they are to hide.</summary>
    private const double CostOfSets = 0.1;

    public static ProductTiling Choose(ProductSpace space, VectorWidth width) => Best(space, width).Tiling;

    /// <summary>Estimated cycles of a space with its best tile, its left operand in the nearest cache.</summary>
    public static double Cycles(ProductSpace space, VectorWidth width)
    {
        double batch = space.Batch.Aggregate(1.0, (product, loop) => product * loop.Extent);
        return batch * Best(space, width).Cycles;
    }

    private static (ProductTiling Tiling, double Cycles) Best(ProductSpace space, VectorWidth width)
    {
        List<Candidate> lefts = Candidates(space.LeftAxes, width);
        List<Candidate> rights = Candidates(space.RightAxes, width);
        double steps = space.Steps(width);
        (Candidate Left, Candidate Right, int Sets) best = (lefts[0], rights[0], 1);
        double bestCycles = double.PositiveInfinity;
        foreach (Candidate left in lefts)
        {
            foreach (Candidate right in rights)
            {
                if (Registers(space, left.Size, right.Size, 1) > width.Registers)
                {
                    continue;
                }

                int sets = Sets(space, left.Size, right.Size, width, steps);
                double cycles = Cycles(space, width, left, right, sets, steps);
                if (cycles < bestCycles)
                {
                    bestCycles = cycles;
                    best = (left, right, sets);
                }
            }
        }

        return (new ProductTiling(best.Left.Tiles.ToEquatableArray(), best.Right.Tiles.ToEquatableArray(), best.Sets), bestCycles);
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

    private static double Cycles(ProductSpace space, VectorWidth width, Candidate left, Candidate right, int sets, double steps)
    {
        double cycles = 0;
        foreach ((double leftTiles, int leftSize) in left.Parts)
        {
            foreach ((double rightTiles, int rightSize) in right.Parts)
            {
                double step = StepCycles(space, width, leftSize, rightSize, sets);
                cycles += leftTiles * rightTiles * ((steps * step) + CyclesPerTile + (leftSize * rightSize * StoreCycles(space)));
            }
        }

        // The right operand is streamed once: where that comes from afar the first tile along the left axes waits for it, the others find it near.
        if (space.RightSource != MemoryLevel.L2)
        {
            foreach ((double rightTiles, int rightSize) in right.Parts)
            {
                double step = StepCycles(space, width, left.Parts[0].Size, rightSize, sets);
                double floats = rightSize * width.Lanes / right.RowShare;
                cycles += rightTiles * steps * Math.Max(0, (floats / space.RightSource.FloatsPerCycle(right.Streams)) - step);
            }
        }

        double extra = (CostPerExtraRegion * ((left.Parts.Length * right.Parts.Length) - 1)) + (sets > 1 && left.Size > 1 ? CostOfSets : 0);
        return cycles * (1 + extra);
    }

    private static double StoreCycles(ProductSpace space) => space.Store switch
    {
        StoreMode.Overwrite => space.PartLoop is null ? 1 : 2,
        StoreMode.Accumulate => 2,
        _ => 8,
    };

    private static double StepCycles(ProductSpace space, VectorWidth width, int leftTile, int rightTile, int sets)
    {
        double arithmetic = (double)leftTile * rightTile / MultiplyAddUnits;
        double loadsPerCycle = width == VectorWidth.V512 ? LoadsPerCycle : SeparateLoadsPerCycle;
        double loads = (rightTile + (space.LeftKind == LeftOperandKind.One ? 0 : leftTile)) / loadsPerCycle;
        double latency = (double)MultiplyAddLatency / sets;
        return Math.Max(arithmetic, Math.Max(loads, latency)) + (CyclesPerRightFloat * rightTile * width.Lanes);
    }

    private static List<Candidate> Candidates(EquatableArray<Axis> axes, VectorWidth width)
    {
        List<Candidate> result = [new Candidate([], 1, [(1, 1)], 1, 1)];
        foreach (Axis axis in axes)
        {
            int extent = axis.InVectors(width).Extent;
            int most = Math.Min(Math.Min(extent, axis.MostTile), width.Registers - 2);
            var longer = new List<Candidate>();
            foreach (Candidate chosen in result)
            {
                for (int tile = 1; tile <= Math.Min(most, (width.Registers - 1) / chosen.Size); tile++)
                {
                    longer.Add(chosen.With(axis, extent, tile));
                }
            }

            result = longer;
        }

        return result;
    }

    /// <summary>
    /// Tiles for the axes of one operand, in arrays: a layer's candidates are compared some hundred thousand times while the user's
    /// project is built.
    /// </summary>
    /// <param name="Tiles">The tile of each axis.</param>
    /// <param name="Size">Elements of a whole tile.</param>
    /// <param name="Parts">How many tiles of what size cover the axes.</param>
    /// <param name="Streams">Places that a tile's elements are read from, each front to back.</param>
    /// <param name="RowShare">The part that a tile covers of floats lying side by side; the rest of them comes along with it.</param>
    private sealed record Candidate(int[] Tiles, int Size, (double Tiles, int Size)[] Parts, int Streams, double RowShare)
    {
        public Candidate With(Axis axis, int extent, int tile)
        {
            var parts = new List<(double Tiles, int Size)>(2 * Parts.Length);
            foreach ((double tiles, int size) in Parts)
            {
                foreach ((int trips, int covered) in AxisSegment.Cover(extent, tile))
                {
                    parts.Add((tiles * trips, size * covered));
                }
            }

            return new Candidate(
                [.. Tiles, tile],
                Size * tile,
                [.. parts],
                axis.OperandStep >= FloatsInPage ? Streams * tile : Streams,
                axis.IsLanes ? RowShare * tile / extent : RowShare);
        }
    }
}
