using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// Chooses how a convolution is computed at inference: directly, by a Winograd algorithm with its band of tiles, or by a step of Strassen's with its
/// bands and panels. The cost is counted in cycles at 512 bit; a pass takes the longer of its arithmetic and of reading its weights from where they lie.
/// </summary>
internal static class ConvolutionCost
{
    /// <summary>The share of the shorter of arithmetic and reading that the longer does not hide.</summary>
    private const double Unhidden = 0.25;

    // Cycles of the transforms of a tile and block of 16 channels, per point: loads, stores and a few additions each.
    private const double TransformCyclesPerPoint = 3;

    // What two threads lose that share every band, counted in part since one thread is the usual case: cycles of a meeting, and of a vector of
    // scratch memory that the other thread has written.
    private const double WeightOfSharing = 0.25, MeetingCycles = 1000, HandoverCycles = 12;

    // Cycles of the sums before Strassen's products for a vector of pixels, and behind them for one of results: Zen 4 takes 5.6, but twice as long for
    // a multiply-add as is counted here.
    private const double FactorCycles = 2.5, ResultCycles = 2.5;

    // What a call has to save by Strassen's algorithm for its kernels to be worth their compilation at the first prediction, and its weights their memory.
    private const double LeastSavedCycles = 35_000;

    // Few, since each is a search for register tiles; those that divide a map's pixels are tried.
    private static readonly int[] s_strassenBands = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 16, 21, 28, 32, 49, 56];

    private static readonly int[] s_bands = [64, 56, 49, 42, 36, 32, 28, 24, 20, 16, 14, 12, 10, 8];

    /// <summary>The Winograd plan that beats direct convolution; null where none does.</summary>
    /// <param name="weightSource">Where the network's weights come from, since all of them are read in turn.</param>
    /// <param name="pooled">Whether a pool of 2×2 follows that the plan would take in.</param>
    public static WinogradPlan? ChooseWinograd(ConvolutionGeometry geometry, TensorView input, MemoryLevel weightSource, bool pooled = false)
    {
        IReadOnlyList<int> sides = WinogradPlan.Sides(geometry, input);
        if (sides.Count == 0)
        {
            return null;
        }

        return Cheapest(Candidates(geometry, sides, pooled, weightSource), Winograd, Direct(geometry, input, weightSource));
    }

    /// <summary>The plan of a step of Strassen's algorithm that beats the direct product of a 1×1 convolution; null where none does.</summary>
    /// <param name="weightSource">Where the network's weights come from, since all of them are read in turn.</param>
    public static StrassenPlan? ChooseStrassen(ConvolutionGeometry geometry, TensorView input, MemoryLevel weightSource)
    {
        if (!StrassenPlan.Serves(geometry, input))
        {
            return null;
        }

        int pixels = geometry.Input.Height * geometry.Input.Width, blocks = geometry.OutputBlocks / 2;
        IEnumerable<StrassenPlan> plans =
            from bands in s_strassenBands
            where pixels % bands == 0
            from panel in Enumerable.Range(1, blocks)
            where blocks % panel == 0
            let plan = new StrassenPlan(geometry, bands, panel, weightSource)
            where MemoryLevels.Of(plan.AllFactorFloats + plan.AllProductFloats) != MemoryLevel.Ram
            select plan;
        return Cheapest(plans, plan => Strassen(plan, input), Direct(geometry, input, weightSource) - LeastSavedCycles);
    }

    /// <summary>The plan of fewest cycles; null where none has fewer than so many.</summary>
    private static TPlan? Cheapest<TPlan>(IEnumerable<TPlan> plans, Func<TPlan, double> cyclesOf, double most)
        where TPlan : BandedPlan
    {
        TPlan? best = null;
        foreach (TPlan plan in plans)
        {
            double cycles = cyclesOf(plan);
            if (cycles < most)
            {
                most = cycles;
                best = plan;
            }
        }

        return best;
    }

    private static double Strassen(StrassenPlan plan, TensorView input)
    {
        ProductSpace space = plan.Product(input.BlockStride, plan.BlockFloats).Space with { RightSource = MemoryLevel.L2 };
        double products = StrassenPlan.Products * plan.Panels * ProductTiler.Cycles(space, VectorWidth.V512);
        double cycles = BandCycles(plan, products, plan.FirstWeightSource);
        cycles += plan.Bands > 1 ? (plan.Bands - 1) * BandCycles(plan, products, plan.NextWeightSource) : 0;
        if (plan.Sharing == StrassenSharing.Bands)
        {
            return cycles;
        }

        int meetings = plan.Sharing == StrassenSharing.Panels ? 2 : 1 + (2 * plan.Panels);
        double handedOver = (double)plan.AllFactorFloats / 2 / TensorView.Block;
        return cycles + (WeightOfSharing * plan.Bands * ((meetings * MeetingCycles) + (handedOver * HandoverCycles)));
    }

    private static double BandCycles(StrassenPlan plan, double products, MemoryLevel weightSource)
    {
        double reading = MemoryLevels.ReadCycles(plan.PackedFloats, weightSource);
        double sums = (double)plan.Pixels * ((2 * plan.InputBlocks * FactorCycles) + (2 * plan.OutputBlocks * ResultCycles));

        // Beyond the nearest cache factors are written, each panel reads those of all its products, and products are written and read back.
        long factors = (long)StrassenPlan.Products * plan.FactorFloats;
        MemoryLevel level = MemoryLevels.Of(2 * (factors + plan.AllProductFloats));
        double scratch = level == MemoryLevel.L2 ? 0
            : MemoryLevels.ReadCycles(plan.AllFactorFloats, level)
                + (plan.Panels * (MemoryLevels.ReadCycles(factors, level) + (2 * MemoryLevels.ReadCycles(plan.AllProductFloats))));
        return Overlapped(products, reading) + sums + (Unhidden * scratch);
    }

    private static double Direct(ConvolutionGeometry geometry, TensorView input, MemoryLevel weightSource)
    {
        IReadOnlyList<ProductCall> calls = ForwardProducts.Calls(geometry, ForwardProducts.Source(geometry, input), geometry.OutputView, null);
        int weights = geometry.WeightStorage.Floats;
        double arithmetic = calls.Sum(call => ProductTiler.Cycles(call.Space with { RightSource = MemoryLevel.L2 }, VectorWidth.V512));
        double reading = MemoryLevels.ReadCycles(weights, MemoryLevels.Farther(weightSource, MemoryLevels.Of(weights)));
        return Overlapped(arithmetic, reading);
    }

    private static double Overlapped(double arithmetic, double reading) => Math.Max(arithmetic, reading) + (Unhidden * Math.Min(arithmetic, reading));

    private static double Winograd(WinogradPlan plan)
    {
        int whole = plan.Tiles / plan.Band, rest = plan.Tiles % plan.Band;
        double cycles = BandCycles(plan, plan.Band, plan.FirstWeightSource);
        cycles += whole > 1 ? (whole - 1) * BandCycles(plan, plan.Band, plan.NextWeightSource) : 0;
        cycles += rest > 0 ? BandCycles(plan, rest, plan.NextWeightSource) : 0;
        return plan.SharesOutBands ? cycles : cycles + (WeightOfSharing * SharingCycles(plan));
    }

    private static double SharingCycles(WinogradPlan plan)
    {
        double handedOver = (double)plan.BandFloats / plan.Band * plan.Tiles / 2 / TensorView.Block;
        return (2 * plan.Bands * MeetingCycles) + (handedOver * HandoverCycles);
    }

    private static double BandCycles(WinogradPlan plan, int tiles, MemoryLevel weightSource)
    {
        ProductSpace space = plan.Products(tiles, plan.PanelBlocks(VectorWidth.V512)).Space with { RightSource = weightSource };
        double products = ProductTiler.Cycles(space, VectorWidth.V512);
        double transforms = TransformCyclesPerPoint * plan.Points * tiles * (plan.InputBlocks + plan.OutputBlocks);

        // What the transforms leave for the products, and the products for the transforms, is written and read back.
        double scratch = 2 * MemoryLevels.ReadCycles(plan.BandFloats) * tiles / plan.Band;
        return products + transforms + scratch;
    }

    private static IEnumerable<WinogradPlan> Candidates(ConvolutionGeometry geometry, IReadOnlyList<int> sides, bool pooled, MemoryLevel weightSource)
    {
        foreach (int side in sides)
        {
            int tiles = new WinogradPlan(geometry, side, 1, pooled, weightSource).Tiles;
            foreach (int band in s_bands.Select(most => Even(tiles, most)).Distinct())
            {
                yield return new WinogradPlan(geometry, side, band, pooled, weightSource);
            }
        }

        // As few bands as this size allows, all of the same length or nearly.
        static int Even(int tiles, int most)
        {
            int bands = (tiles + most - 1) / most;
            return (tiles + bands - 1) / bands;
        }
    }
}
