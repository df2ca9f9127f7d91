using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// A 1×1 convolution, which is the product C = A · B of its weights [output channels][input channels] and the pixels
/// [input channels][pixels], by one step of Strassen's algorithm (1969) in Winograd's form (1971): each axis is halved, and seven products of
/// halves stand for the eight. Sums of quarters of A are taken as the weights are packed, those of B before the products:
/// <code>
///   S1 = A21 + A22    T1 = B12 − B11    P = A11 · B11       C11 = A12 · B21 + P
///   S2 = S1 − A11     T2 = B22 − T1     Q = S2 · T2 + P     C12 = S4 · B22 + Q + S1 · T1
///   S3 = A11 − A21    T3 = B22 − B12    R = S3 · T3 + Q     C21 = A22 · T4 + R
///   S4 = A12 − S2     T4 = B21 − T2                         C22 = S1 · T1 + R
/// </code>
/// Large maps go in bands of pixels, and the output channels of a half in panels: all products of a panel are taken, then their sums, while they
/// are in the cache. One product of each quarter of C is written to its place in the result, which has then arrived when the sums are. Where a
/// band has an odd number of pixels its second half is taken to end with one of zeros, and products of second halves are written elsewhere.
/// The products' order is P, S2 · T2, S3 · T3, S1 · T1, S4 · B22, A22 · T4, A12 · B21; weights are packed in that order,
/// [product][OC/32][IC/32][16 ic][16 oc], and scratch memory holds the factors of the band's pixels that are no quarters in their places,
/// [T2, T3, T1, B22, T4][IC/32][pixel][16], and the first of a panel's products, [product][block of the panel][pixel][16].
/// Sums of quarters mix channels, so that one of large pixels and small weights would leave its rounding errors in others of small pixels and large
/// weights. Factors are therefore scaled (Ballard, Benson, Druinsky, Lipshitz and Schwartz, 2016): channel by channel weights are divided by the power
/// of two below the largest of them, and the pixels multiplied with it. The first and the last product, of quarters alone, do without.
/// </summary>
/// <param name="EqualBands">Parts of equal length that the map's pixels are cut into.</param>
/// <param name="PanelBlocks">Blocks of 16 output channels in a panel.</param>
/// <param name="WeightSource">Where the network's weights come from, since all of them are read in turn.</param>
internal sealed record StrassenPlan(ConvolutionGeometry Geometry, int EqualBands, int PanelBlocks, MemoryLevel WeightSource) : BandedPlan(Geometry, WeightSource)
{
    /// <summary>Products of halves.</summary>
    public const int Products = 7;

    /// <summary>Factors of the pixels in scratch memory: those of all products but the first and the last.</summary>
    public const int Factors = Products - 2;

    /// <summary>What the products' kernels call their factor of the pixels.</summary>
    public const string PixelFactor = "factor";

    /// <summary>Panels of which threads have about equally many each.</summary>
    private const int FewestPanels = 8;

    public override int Bands => EqualBands;

    /// <summary>Pixels of a band.</summary>
    public int Pixels => Geometry.Input.Height * Geometry.Input.Width / Bands;

    /// <summary>Pixels of a band's first half.</summary>
    public int FirstPixels => (Pixels + 1) / 2;

    /// <summary>Pixels of a band's second half.</summary>
    public int SecondPixels => Pixels / 2;

    /// <summary>From one block of the map to the next.</summary>
    public int PlaneFloats => Bands * Pixels * TensorView.Block;

    /// <summary>How threads share the work: with two bands or panels of small layers a third thread has none.</summary>
    public StrassenSharing Sharing =>
        SharesOutBands ? StrassenSharing.Bands
        : Panels >= FewestPanels || Panels % 2 == 0 ? StrassenSharing.Panels
        : StrassenSharing.Products;

    /// <summary>Blocks of half the input channels.</summary>
    public int InputBlocks => Geometry.InputBlocks / 2;

    /// <summary>Blocks of half the output channels.</summary>
    public int OutputBlocks => Geometry.OutputBlocks / 2;

    /// <summary>From one block of a factor or of a product to the next.</summary>
    public int BlockFloats => FirstPixels * TensorView.Block;

    /// <summary>From one factor of the pixels to the next.</summary>
    public int FactorFloats => TensorView.Skewed(InputBlocks * BlockFloats);

    /// <summary>From one product of a panel to the next.</summary>
    public int ProductFloats => TensorView.Skewed(PanelBlocks * BlockFloats);

    /// <summary>Panels of half the output channels.</summary>
    public int Panels => OutputBlocks / PanelBlocks;

    /// <summary>Floats of a band's factors.</summary>
    public int AllFactorFloats => Factors * FactorFloats;

    /// <summary>
    /// The products of a panel, from the first on, that are written to scratch memory: those that several quarters need and, where the second half is
    /// shorter, those that would reach beyond it.
    /// </summary>
    /// <param name="accumulates">Whether results are added to what is there, which leaves no product by itself in its place.</param>
    public int ScratchProducts(bool accumulates) => FirstPixels > SecondPixels ? 5 : accumulates ? 4 : 3;

    /// <summary>Floats of a panel's products in scratch memory, whether they are added or not.</summary>
    public int AllProductFloats => ScratchProducts(accumulates: true) * ProductFloats;

    /// <summary>Floats of a panel's weights in a product.</summary>
    public int PanelWeightFloats => PanelBlocks * InputBlocks * TensorView.Block * TensorView.Block;

    /// <summary>Floats of a product's weights.</summary>
    public int WeightFloats => Panels * PanelWeightFloats;

    /// <summary>Floats of all products' weights, and behind them of the scales of the input channels.</summary>
    public override int PackedFloats => ScalesStart + Geometry.Input.Channels;

    public int ScalesStart => Products * WeightFloats;

    /// <summary>
    /// Whether a convolution is one of pixels that follow each other, with whole blocks in its halves. Input channels have to fill theirs: what lies
    /// behind the last can be anything, which sums of quarters would take for pixels.
    /// </summary>
    public static bool Serves(ConvolutionGeometry geometry, TensorView input) =>
        geometry is { Plan: ConvolutionPlan.Blocked, Groups: 1, HasPadding: false, Window: { KernelH: 1, KernelW: 1, StrideH: 1, StrideW: 1 } }
        && input.Layout == TensorLayout.Blocked
        && input.BlockStride == input.Shape.Height * input.Shape.Width * TensorView.Block
        && geometry.Input.Channels % (2 * TensorView.Block) == 0
        && geometry.OutputBlocks % 2 == 0
        && geometry.WeightStorage.Floats < GraphLimits.BufferFloats / 2;

    // Weights are fetched ahead even where they are near, so that all layers have one kernel of a register tile.
    private MemoryLevel KernelWeightSource => MemoryLevels.Farther(MemoryLevel.L3, UsualWeightSource);

    /// <summary>One of a panel's products.</summary>
    /// <param name="factorBlockFloats">From one block of its factor of the pixels to the next.</param>
    /// <param name="productBlockFloats">From one block of where it is written to the next.</param>
    /// <param name="store">Whether it is written or added to what is there.</param>
    public ProductCall Product(int factorBlockFloats, int productBlockFloats, StoreMode store = StoreMode.Overwrite) => new(new ProductSpace(
        $"Strassen_{Geometry.Input.Channels}_to_{Geometry.Output.Channels}_{FirstPixels}pixels",
        new OperandNames(PixelFactor, "weights", "product"),
        LeftOperandKind.Broadcast,
        EquatableArray<BatchLoop>.Empty,
        EquatableArray.Of(new Axis("pixel", FirstPixels, TensorView.Block, TensorView.Block)),
        EquatableArray.Of(
            new Axis("block", PanelBlocks, PanelWeightFloats / PanelBlocks, productBlockFloats),
            Axis.Lanes("lane", TensorView.Block)),
        EquatableArray.Of(new ReductionNest(
            0,
            0,
            EquatableArray.Of(
                new ReductionLoop("inputBlock", InputBlocks, factorBlockFloats, TensorView.Block * TensorView.Block),
                new ReductionLoop("ic", TensorView.Block, 1, TensorView.Block)))),
        InitialValue.Zero,
        null,
        store,
        KernelWeightSource)
    {
        NameOfAnyShape = "Strassen",
    });
}

/// <summary>What threads that compute a <see cref="StrassenPlan"/> take each for itself.</summary>
internal enum StrassenSharing
{
    /// <summary>Tiles of each product; they meet behind the factors, the products and the sums of each panel.</summary>
    Products,

    /// <summary>Panels; they meet before and behind those of each band.</summary>
    Panels,

    /// <summary>Bands.</summary>
    Bands,
}
