using NetGen.Generator.Collections;

namespace NetGen.Generator.Schedule.Products;

/// <summary>A register tile: how many elements of each axis one pass over the reduction covers.</summary>
/// <param name="Left">Elements of each left axis.</param>
/// <param name="Right">Elements (vectors, along the lanes) of each right axis.</param>
/// <param name="Sets">Copies of the accumulators that successive reduction steps take in turn, to cover the latency of a small tile.</param>
internal sealed record ProductTiling(EquatableArray<int> Left, EquatableArray<int> Right, int Sets);

/// <summary>A part of an axis covered by tiles of one size: <paramref name="Trips"/> of <paramref name="Tile"/> elements from <paramref name="Start"/>.</summary>
internal sealed record AxisSegment(Axis Axis, int Start, int Trips, int Tile)
{
    /// <summary>
    /// The tiles that cover an axis: some of the given size and, where it does not divide, others one smaller, which keep the units about as busy;
    /// where there are too few of them for that, a last one of what is left.
    /// </summary>
    public static IEnumerable<(int Trips, int Tile)> Cover(int extent, int tile)
    {
        int tiles = (extent + tile - 1) / tile, smaller = (tiles * tile) - extent;
        if (smaller == 0 || smaller >= tiles)
        {
            int whole = extent / tile, rest = extent % tile;
            return new[] { (whole, tile), (1, rest) }.Where(part => part is { Item1: > 0, Item2: > 0 });
        }

        return [(tiles - smaller, tile), (smaller, tile - 1)];
    }
}

/// <summary>A part of the space covered by tiles of one shape.</summary>
internal sealed record ProductRegion(EquatableArray<AxisSegment> Left, EquatableArray<AxisSegment> Right, int Sets)
{
    public int LeftTile => Left.Aggregate(1, (product, segment) => product * segment.Tile);

    public int RightTile => Right.Aggregate(1, (product, segment) => product * segment.Tile);

    /// <summary>Tiles along the left axes.</summary>
    public int LeftTiles => Left.Aggregate(1, (product, segment) => product * segment.Trips);

    /// <summary>Tiles along the right axes.</summary>
    public int RightTiles => Right.Aggregate(1, (product, segment) => product * segment.Trips);

    public int LeftStart => Left.Sum(segment => segment.Start * segment.Axis.OperandStep);

    public int RightStart => Right.Sum(segment => segment.Start * segment.Axis.OperandStep);

    public int DestinationStart => Left.Concat(Right).Sum(segment => segment.Start * segment.Axis.DestinationStep);

    /// <summary>Where the biases start, which lie along the left or along the right axes.</summary>
    public int BiasStart(InitialValue initial) =>
        (initial == InitialValue.BiasAlongLeft ? Left : Right).Sum(segment => segment.Start * segment.Axis.BiasStep);

    /// <summary>Covers the space: a region of tiles, and where an axis does not divide, regions of smaller ones.</summary>
    public static IReadOnlyList<ProductRegion> Cover(ProductSpace space, ProductTiling tiling, VectorWidth width)
    {
        List<List<AxisSegment>> left = CrossProduct(space.LeftAxes, tiling.Left, width);
        List<List<AxisSegment>> right = CrossProduct(space.RightAxes, tiling.Right, width);
        var regions = new List<ProductRegion>();
        foreach (List<AxisSegment> r in right)
        {
            foreach (List<AxisSegment> l in left)
            {
                regions.Add(new ProductRegion(l.ToEquatableArray(), r.ToEquatableArray(), tiling.Sets));
            }
        }

        return regions;
    }

    private static List<List<AxisSegment>> CrossProduct(EquatableArray<Axis> axes, EquatableArray<int> tiles, VectorWidth width)
    {
        var result = new List<List<AxisSegment>> { new() };
        for (int i = 0; i < axes.Count; i++)
        {
            List<AxisSegment> segments = Segments(axes[i].InVectors(width), tiles[i]);
            result = result.SelectMany(_ => segments, (chosen, segment) => new List<AxisSegment>(chosen) { segment }).ToList();
        }

        return result;
    }

    private static List<AxisSegment> Segments(Axis axis, int tile)
    {
        var segments = new List<AxisSegment>();
        int start = 0;
        foreach ((int trips, int covered) in AxisSegment.Cover(axis.Extent, tile))
        {
            segments.Add(new AxisSegment(axis, start, trips, covered));
            start += trips * covered;
        }

        return segments;
    }
}
