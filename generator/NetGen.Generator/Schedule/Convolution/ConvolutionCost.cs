using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Schedule.Convolution;

/// <summary>
/// Chooses how a convolution is computed at inference: directly, or by Winograd's F(4×4, 3×3) or F(2×2, 3×3), with the band of tiles. The
/// cost is counted in cycles at 512 bit; a pass takes the longer of its arithmetic and of reading its weights from where they lie.
/// </summary>
internal static class ConvolutionCost
{
    private const int L2Floats = 1 << 17;
    private const int L3Floats = 1 << 22;

    // Floats a cycle from the levels of a current desktop or server core.
    private const double L2FloatsPerCycle = 12;
    private const double L3FloatsPerCycle = 6.5;
    private const double MemoryFloatsPerCycle = 2.5;

    // Cycles of the transforms of a tile and block of 16 channels, per point: loads, stores and a few additions each.
    private const double TransformCyclesPerPoint = 2.5;

    private const int WidestBand = 64;

    /// <summary>The Winograd plan that beats direct convolution; null where none does.</summary>
    public static WinogradPlan? ChooseWinograd(ConvolutionGeometry geometry, TensorView input)
    {
        if (!WinogradPlan.Applies(geometry, input))
        {
            return null;
        }

        double cycles = Direct(geometry, input);
        WinogradPlan? best = null;
        foreach (WinogradPlan plan in Candidates(geometry))
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
        return Math.Max(ProductTiler.Cycles(space, VectorWidth.V512), ReadCycles(geometry.WeightStorage.Floats));
    }

    private static double Winograd(WinogradPlan plan)
    {
        int whole = plan.Tiles / plan.Band, rest = plan.Tiles % plan.Band;
        double cycles = whole * BandCycles(plan, plan.Band);
        return rest > 0 ? cycles + BandCycles(plan, rest) : cycles;
    }

    private static double BandCycles(WinogradPlan plan, int tiles)
    {
        double products = ProductTiler.Cycles(plan.Products(tiles).Space, VectorWidth.V512);
        double weights = ReadCycles(plan.PackedFloats);
        double transforms = TransformCyclesPerPoint * plan.Points * tiles * (plan.InputBlocks + plan.OutputBlocks);

        // What the transforms leave for the products, and the products for the transforms, is read back once for each column of tiles.
        double scratch = ReadCycles(plan.EdgeStart) * tiles / plan.Band;
        return Math.Max(products, weights) + transforms + scratch;
    }

    private static double ReadCycles(int floats) => floats / (floats <= L2Floats ? L2FloatsPerCycle : floats <= L3Floats ? L3FloatsPerCycle : MemoryFloatsPerCycle);

    private static IEnumerable<WinogradPlan> Candidates(ConvolutionGeometry geometry)
    {
        foreach (int side in (int[])[4, 2])
        {
            int tiles = new WinogradPlan(geometry, side, 1).Tiles;
            foreach (int band in Enumerable.Range(1, tiles).Select(bands => (tiles + bands - 1) / bands).Distinct())
            {
                if (band <= WidestBand)
                {
                    yield return new WinogradPlan(geometry, side, band);
                }
            }
        }
    }
}
