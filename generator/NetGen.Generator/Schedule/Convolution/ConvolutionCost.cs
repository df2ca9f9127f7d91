using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// Chooses how a convolution is computed at inference: directly, or by a Winograd algorithm with its band of tiles. The cost is counted in cycles at 512 bit; a pass takes the longer of its arithmetic and of reading its weights from where they lie.
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

        double cycles = Direct(geometry, input, weightSource);
        WinogradPlan? best = null;
        foreach (WinogradPlan plan in Candidates(geometry, sides, pooled, weightSource))
        {
            double candidate = Winograd(plan);
            if (candidate < cycles)
            {
                cycles = candidate;
                best = plan;
            }
        }

        return best;
    }

    /// <summary>The plan of a step of Strassen's algorithm that beats the direct product of a 1×1 convolution; null where none does.</summary>
    /// <param name="weightSource">Where the network's weights come from, since all of them are read in turn.</param>
    public static StrassenPlan? ChooseStrassen(ConvolutionGeometry geometry, TensorView input, MemoryLevel weightSource)
    {
        if (!StrassenPlan.Serves(geometry, input))
        {
            return null;
        }

        double cycles = Direct(geometry, input, weightSource);
        StrassenPlan? best = null;
        foreach (int bands in s_strassenBands.Where(bands => geometry.Input.Height * geometry.Input.Width % bands == 0))
        {
            foreach (int panel in Enumerable.Range(1, geometry.OutputBlocks / 2).Where(blocks => geometry.OutputBlocks / 2 % blocks == 0))
            {
                var plan = new StrassenPlan(geometry, bands, panel, weightSource);
                double candidate = Strassen(plan, input);
                if (candidate < cycles)
                {
                    cycles = candidate;
                    best = plan;
                }
            }
        }

        return best;
    }

    private static double Strassen(StrassenPlan plan, TensorView input)
    {
        double cycles = BandCycles(plan, input, plan.FirstWeightSource);
        cycles += plan.Bands > 1 ? (plan.Bands - 1) * BandCycles(plan, input, plan.NextWeightSource) : 0;
        int meetings = plan.Sharing switch { StrassenSharing.Bands => 0, StrassenSharing.Panels => 2, _ => 1 + (2 * plan.Panels) };
        return cycles + (WeightOfSharing * plan.Bands * meetings * MeetingCycles);
    }

    private static double BandCycles(StrassenPlan plan, TensorView input, MemoryLevel weightSource)
    {
        ProductSpace space = plan.Product(input.BlockStride, plan.BlockFloats).Space with { RightSource = MemoryLevel.L2 };
        double products = StrassenPlan.WeightFactors.Length * plan.Panels * ProductTiler.Cycles(space, VectorWidth.V512);
        double reading = MemoryLevels.ReadCycles(plan.PackedFloats, weightSource);
        double sums = (double)plan.Pixels * ((2 * plan.InputBlocks * FactorCycles) + (2 * plan.OutputBlocks * ResultCycles));

        // Each panel reads all factors: from the next cache where they are more than stays in this one.
        long factors = (long)StrassenPlan.WeightFactors.Length * plan.FactorFloats;
        double scratch = factors + plan.AllProductFloats > MemoryLevels.L2Floats / 2 ? Unhidden * plan.Panels * MemoryLevels.ReadCycles(factors, MemoryLevel.L3) : 0;
        return Math.Max(products, reading) + (Unhidden * Math.Min(products, reading)) + sums + scratch;
    }

    private static double Direct(ConvolutionGeometry geometry, TensorView input, MemoryLevel weightSource)
    {
        IReadOnlyList<ProductCall> calls = ForwardProducts.Calls(geometry, ForwardProducts.Source(geometry, input), geometry.OutputView, null);
        int weights = geometry.WeightStorage.Floats;
        double arithmetic = calls.Sum(call => ProductTiler.Cycles(call.Space with { RightSource = MemoryLevel.L2 }, VectorWidth.V512));
        double reading = MemoryLevels.ReadCycles(weights, MemoryLevels.Farther(weightSource, MemoryLevels.Of(weights)));
        return Math.Max(arithmetic, reading) + (Unhidden * Math.Min(arithmetic, reading));
    }

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
