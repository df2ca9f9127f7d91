using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A convolution of stride 1 by Winograd's minimal filtering F(m×m, r×r) (Lavin and Gray, 2016): tiles of m + r − 1 pixels square are
/// transformed, multiplied with transformed weights point by point, and transformed back to m × m results. The products over a band
/// of tiles are matrix products, one for each of the (m + r − 1)² points.
/// Scratch memory holds, one after the other, the band's transformed tiles [point][IC/16][tile][16] and its products
/// [point][OC/16][tile][16]; one tile more is for the edges. Weights are packed as [point][part of IC][panel][IC][panel's oc]: what a register
/// tile reads lies in one row, front to back.
/// </summary>
/// <param name="Side">m: the side of a tile of results.</param>
/// <param name="Band">Tiles transformed before their products are taken: few enough for the cache, enough to use each weight often.</param>
/// <param name="IsPooled">Whether only the maxima of 2×2 results each are kept.</param>
/// <param name="WeightSource">Where the network's weights come from, since all of them are read in turn.</param>
internal sealed record WinogradPlan(ConvolutionGeometry Geometry, int Side, int Band, bool IsPooled, MemoryLevel WeightSource) : BandedPlan(Geometry, WeightSource)
{
    private const int MostPanelBlocks = 4;

    /// <summary>Floats of a point's transformed tiles that stay in the first-level cache while one panel of weights after the other passes through it.</summary>
    private const int PartFloats = 3200;

    /// <summary>Blocks of input channels in a part at least, so that loading and storing the sums once more does not count.</summary>
    private const int FewestPartBlocks = 4;

    /// <summary>r: the side of the window.</summary>
    public int Taps => Geometry.Window.KernelH;

    public int TileSide => Side + Taps - 1;

    public int Points => TileSide * TileSide;

    public int TileColumns => TilesAlong(Geometry.Output.Width);

    public int TileRows => TilesAlong(Geometry.Output.Height);

    /// <summary>The side of what is stored of a tile.</summary>
    public int StoredSide => IsPooled ? Side / 2 : Side;

    public int Tiles => TileRows * TileColumns;

    public override int Bands => (Tiles + Band - 1) / Band;

    public int InputBlocks => (Geometry.Input.Channels + TensorView.Block - 1) / TensorView.Block;

    public int OutputBlocks => Geometry.OutputBlocks;

    /// <summary>From one point of the transformed tiles to the next.</summary>
    public int InputPoint => TensorView.Skewed(InputBlocks * InputBlock);

    public int InputBlock => Band * TensorView.Block;

    /// <summary>From one point of the products to the next.</summary>
    public int OutputPoint => TensorView.Skewed(OutputBlocks * OutputBlock);

    public int OutputBlock => Band * TensorView.Block;

    public int ProductsStart => Points * InputPoint;

    /// <summary>Floats of a band's transformed tiles and products.</summary>
    public int BandFloats => ProductsStart + (Points * OutputPoint);

    /// <summary>Floats of the tile through which the edges go.</summary>
    public int EdgeFloats => Points * TensorView.Block;

    // Strides of the packed weights.

    public int WeightBlock => PartChannels * TensorView.Block;

    public int WeightPart => OutputBlocks * WeightBlock;

    public int WeightPoint => Parts * WeightPart;

    public override int PackedFloats => Points * WeightPoint;

    /// <summary>Parts of equal length into which the sums over the input channels are cut: as few as let a part's tiles stay in the cache.</summary>
    public int Parts
    {
        get
        {
            int parts = 1;
            int most = Geometry.Input.Channels % TensorView.Block == 0 ? InputBlocks / FewestPartBlocks : 1;
            for (int more = 2; more <= most && InputBlocks / parts * InputBlock > PartFloats; more++)
            {
                parts = InputBlocks % more == 0 ? more : parts;
            }

            return parts;
        }
    }

    /// <summary>Input channels of a part.</summary>
    public int PartChannels => Geometry.Input.Channels / Parts;

    /// <summary>Blocks of 16 output channels in a panel of weights: as many as the best register tile of a band reads at once.</summary>
    public int PanelBlocks(VectorWidth width) => Enumerable.Range(1, MostPanelBlocks)
        .Where(blocks => OutputBlocks % blocks == 0)
        .OrderBy(blocks => ProductTiler.Cycles(Products(Math.Min(Band, Tiles), blocks).Space, width))
        .First();

    /// <summary>The products of a band of this many tiles with weights in panels of this many blocks.</summary>
    public ProductCall Products(int tiles, int panelBlocks)
    {
        int panel = panelBlocks * TensorView.Block;
        return new(new ProductSpace(
            $"Winograd{Side}x{Side}k{Taps}_{Geometry.Input.Channels}_to_{Geometry.Output.Channels}_{tiles}tiles",
            new OperandNames("tiles", "weights", "products"),
            LeftOperandKind.Broadcast,
            EquatableArray.Of(
                new BatchLoop("point", Points, InputPoint, WeightPoint, OutputPoint),
                new BatchLoop("part", Parts, PartChannels / TensorView.Block * InputBlock, WeightPart, 0, IsReduction: true)),
            EquatableArray.Of(new Axis("tile", tiles, TensorView.Block, TensorView.Block)),
            EquatableArray.Of(
                new Axis("panel", OutputBlocks / panelBlocks, PartChannels * panel, panelBlocks * OutputBlock, MostTile: 1),
                new Axis("block", panelBlocks, TensorView.Block, OutputBlock),
                Axis.Lanes("lane", TensorView.Block)),
            ChannelSplit.Of(PartChannels).Select(split => new ReductionNest(
                split.Block * InputBlock,
                split.Block * TensorView.Block * panel,
                EquatableArray.Of(
                    new ReductionLoop("inputBlock", split.Blocks, InputBlock, TensorView.Block * panel),
                    new ReductionLoop("ic", split.Lanes, 1, panel)))).ToEquatableArray(),
            InitialValue.Zero,
            null,
            StoreMode.Overwrite,
            UsualWeightSource)
        {
            NameOfAnyShape = $"Winograd{Side}x{Side}k{Taps}",
        });
    }

    /// <summary>The sides of result tiles for which a convolution can be computed so: as many as its error stays within 2e-5 of the largest result.</summary>
    public static IReadOnlyList<int> Sides(ConvolutionGeometry geometry, TensorView input) =>
        input.Layout != TensorLayout.Blocked || !geometry.IsBlocked || geometry.Groups > 1 ? []
        : geometry.Window switch
        {
            { KernelH: 3, KernelW: 3, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1 } => [4, 2],
            { KernelH: 5, KernelW: 5, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1 } => [2],
            _ => [],
        };

    private int TilesAlong(int results) => ((IsPooled ? results - (results % 2) : results) + Side - 1) / Side;
}
