using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A 3×3 convolution of stride 1 by Winograd's minimal filtering F(m×m, 3×3) (Lavin and Gray, 2016): tiles of m + 2 pixels square are
/// transformed, multiplied with transformed weights point by point, and transformed back to m × m results. The products over a band
/// of tiles are matrix products, one for each of the (m + 2)² points.
/// Scratch memory holds, one after the other, the band's transformed tiles [point][IC/16][tile][16], its products
/// [point][OC/16][tile][16], and one tile for the edges. Weights are packed as [point][OC/16][IC][16 oc].
/// </summary>
/// <param name="Side">m: the side of a tile of results, 4 or 2.</param>
/// <param name="Band">Tiles transformed before their products are taken: few enough for the cache, enough to use each weight often.</param>
internal sealed record WinogradPlan(ConvolutionGeometry Geometry, int Side, int Band)
{
    public int TileSide => Side + 2;

    public int Points => TileSide * TileSide;

    public int TileColumns => (Geometry.Output.Width + Side - 1) / Side;

    public int TileRows => (Geometry.Output.Height + Side - 1) / Side;

    public int Tiles => TileRows * TileColumns;

    public int InputBlocks => (Geometry.Input.Channels + TensorView.Block - 1) / TensorView.Block;

    public int OutputBlocks => Geometry.OutputBlocks;

    /// <summary>From one point of the transformed tiles to the next.</summary>
    public int InputPoint => InputBlocks * InputBlock;

    public int InputBlock => Band * TensorView.Block;

    public int OutputPoint => OutputBlocks * OutputBlock;

    public int OutputBlock => Band * TensorView.Block;

    public int ProductsStart => Points * InputPoint;

    public int EdgeStart => ProductsStart + (Points * OutputPoint);

    public int ScratchFloats => EdgeStart + (Points * TensorView.Block);

    // Strides of the packed weights.

    public int WeightBlock => Geometry.Input.Channels * TensorView.Block;

    public int WeightPoint => OutputBlocks * WeightBlock;

    public int PackedFloats => Points * WeightPoint;

    /// <summary>The products of a band of this many tiles.</summary>
    public ProductCall Products(int tiles) => new(new ProductSpace(
        $"Winograd{Side}x{Side}_{Geometry.Input.Channels}_to_{Geometry.Output.Channels}_{tiles}tiles",
        new OperandNames("tiles", "weights", "products"),
        LeftOperandKind.Broadcast,
        EquatableArray.Of(new BatchLoop("point", Points, InputPoint, WeightPoint, OutputPoint)),
        EquatableArray.Of(new Axis("tile", tiles, TensorView.Block, TensorView.Block)),
        EquatableArray.Of(
            new Axis("block", OutputBlocks, WeightBlock, OutputBlock),
            Axis.Lanes("lane", TensorView.Block)),
        ChannelSplit.Of(Geometry.Input.Channels).Select(split => new ReductionNest(
            split.Block * InputBlock,
            split.Block * TensorView.Block * TensorView.Block,
            EquatableArray.Of(
                new ReductionLoop("inputBlock", split.Blocks, InputBlock, TensorView.Block * TensorView.Block),
                new ReductionLoop("ic", split.Lanes, 1, TensorView.Block)))).ToEquatableArray(),
        InitialValue.Zero,
        null,
        StoreMode.Overwrite));

    /// <summary>Whether a convolution can be computed so.</summary>
    public static bool Applies(ConvolutionGeometry geometry, TensorView input)
    {
        Window2d window = geometry.Window;
        return input.Layout == TensorLayout.Blocked
            && geometry.IsBlocked
            && geometry.Groups == 1
            && window is { KernelH: 3, KernelW: 3, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1 };
    }
}
