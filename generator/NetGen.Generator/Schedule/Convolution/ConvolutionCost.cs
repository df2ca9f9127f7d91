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
