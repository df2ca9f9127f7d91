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

    private static readonly int[] s_bands = [64, 56, 49, 42, 36, 32, 28, 24, 20, 16, 14, 12, 10, 8];

    /// <summary>The Winograd plan that beats direct convolution; null where none does.</summary>
    /// <param name="pooled">Whether a pool of 2×2 follows that the plan would take in.</param>
    public static WinogradPlan? ChooseWinograd(ConvolutionGeometry geometry, TensorView input, bool pooled = false)
    {
        IReadOnlyList<int> sides = WinogradPlan.Sides(geometry, input);
        if (sides.Count == 0)
        {
            return null;
        }

        double cycles = Direct(geometry, input);
        WinogradPlan? best = null;
        foreach (WinogradPlan plan in Candidates(geometry, sides, pooled))
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

    private static double Direct(ConvolutionGeometry geometry, TensorView input)
    {
        ProductSpace space = ForwardProducts.Calls(geometry, ForwardProducts.Source(geometry, input), geometry.OutputView, null)[0].Space;
        double arithmetic = ProductTiler.Cycles(space, VectorWidth.V512), reading = MemoryLevels.ReadCycles(geometry.WeightStorage.Floats);
        return Math.Max(arithmetic, reading) + (Unhidden * Math.Min(arithmetic, reading));
    }

    private static double Winograd(WinogradPlan plan)
    {
        int whole = plan.Tiles / plan.Band, rest = plan.Tiles % plan.Band;
        double cycles = whole * BandCycles(plan, plan.Band);
        return rest > 0 ? cycles + BandCycles(plan, rest) : cycles;
    }

    private static double BandCycles(WinogradPlan plan, int tiles)
    {
        double products = ProductTiler.Cycles(plan.Products(tiles, plan.PanelBlocks(VectorWidth.V512)).Space, VectorWidth.V512);
        double transforms = TransformCyclesPerPoint * plan.Points * tiles * (plan.InputBlocks + plan.OutputBlocks);

        // What the transforms leave for the products, and the products for the transforms, is written and read back.
        double scratch = 2 * MemoryLevels.ReadCycles(plan.BandFloats) * tiles / plan.Band;
        return products + transforms + scratch;
    }

    private static IEnumerable<WinogradPlan> Candidates(ConvolutionGeometry geometry, IReadOnlyList<int> sides, bool pooled)
    {
        foreach (int side in sides)
        {
            int tiles = new WinogradPlan(geometry, side, 1, pooled).Tiles;
            foreach (int band in s_bands.Select(most => Even(tiles, most)).Distinct())
            {
                yield return new WinogradPlan(geometry, side, band, pooled);
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
