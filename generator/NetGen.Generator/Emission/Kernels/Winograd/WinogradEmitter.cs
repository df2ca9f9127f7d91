using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// Writes a convolution of one image by Winograd's minimal filtering: band after band of tiles is transformed, multiplied, and
/// transformed back. A tile that reaches over the edge is copied through a tile of zeros.
/// </summary>
internal static class WinogradEmitter
{
    /// <summary>Writes the call that convolves <c>Source</c> (blocked) to <c>Destination</c> (blocked), in the step's scratch memory.</summary>
    /// <param name="accumulates">Whether the result is added to what is there, before the activation.</param>
    public static void EmitCall(
        StepWriter step,
        WinogradPlan plan,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands)
    {
        bool hasBias = plan.Geometry.Operator.HasBias;
        string scratch = plan.SharesOutBands ? "ref partScratch" : "ref scratch, ref partScratch";
        string share = plan.SharesOutBands ? step.RangeArguments(plan.Bands) : step.Split == WorkSplit.Shared ? ", in share" : "";
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                (plan, input, output, accumulates, activation, step.Split),
                $"Winograd{plan.Side}x{plan.Side}_{plan.Geometry.Name}",
                (writer, method) => Emit(step.InKernel(writer), method, plan, input, output, accumulates, activation, width));
            string bias = hasBias ? $"ref {operands.Bias}, " : "";
            step.Writer.Line($"{name}(ref {operands.Source}, ref {operands.Weights}, {bias}ref {operands.Destination}, {scratch}{share});");
        });
    }

    /// <summary>Writes the transform of the weights.</summary>
    /// <param name="scale">A reference to a factor of each output channel, if there is one.</param>
    public static void EmitPack(StepWriter step, WinogradPlan plan, string weights, string packed, string? scale = null)
    {
        ConvolutionGeometry geometry = plan.Geometry;
        step.ForEachWidth(width =>
        {
            int panel = plan.PanelBlocks(width);
            string transform = WinogradKernels.Weights(step.Kernels, width, plan.Taps, plan.TileSide, geometry.WeightKernelColumn, isScaled: scale is not null);
            using (step.Writer.Open($"for (int block = 0; block < {plan.OutputBlocks}; block++)"))
            using (step.Writer.Open($"for (int ic = 0; ic < {geometry.Input.Channels}; ic++)"))
            {
                string from = $"(block * {geometry.WeightOutput}) + ((ic / {geometry.InputBlock}) * {geometry.WeightInput}) + ((ic % {geometry.InputBlock}) * {TensorView.Block})";
                string row = plan.Parts == 1 ? "ic" : $"(ic % {plan.PartChannels})";
                string to = (plan.Parts == 1 ? "" : $"(ic / {plan.PartChannels} * {plan.WeightPart}) + ") + (panel == 1
                    ? $"(block * {plan.WeightBlock}) + ({row} * {TensorView.Block})"
                    : $"((block / {panel}) * {panel * plan.WeightBlock}) + ({row} * {panel * TensorView.Block}) + ((block % {panel}) * {TensorView.Block})");
                string factors = scale is null ? "" : $"ref {Refs.At(scale, $"block * {TensorView.Block}")}, ";
                step.Writer.Line($"{transform}(ref {Refs.At(weights, from)}, {factors}ref {Refs.At(packed, to)}, {plan.WeightPoint});");
            }
        });
    }

    private static void Emit(
        StepWriter step, string method, WinogradPlan plan, TensorView input, TensorView output, bool accumulates, ActivationOperator? activation, VectorWidth width)
    {
        SourceWriter writer = step.Writer;
        bool hasBias = plan.Geometry.Operator.HasBias;
        writer.Line($"// {plan.Name} over {plan.TileRows} × {plan.TileColumns} tiles in {(plan.Bands == 1 ? "one band" : $"bands of {plan.Band}")}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string bias = hasBias ? "ref float bias, " : "";
        string scratch = plan.SharesOutBands ? "ref float scratch" : "ref float scratch, ref float edge";
        bool takesRange = plan.SharesOutBands && step.TakesRanges;
        string share = takesRange ? ", int firstBand, int endBand" : !plan.SharesOutBands && step.Split == WorkSplit.Shared ? ", in WorkShare share" : "";
        using (writer.Open($"internal static void {method}(ref float source, ref float weights, {bias}ref float destination, {scratch}{share})"))
        {
            writer.Line($"ref float products = ref {Refs.At("scratch", plan.ProductsStart)};");
            if (plan.SharesOutBands)
            {
                writer.Line($"ref float edge = ref {Refs.At("scratch", plan.BandFloats)};");
            }

            using (writer.Open(takesRange ? "for (int band = firstBand; band < endBand; band++)" : $"for (int band = 0; band < {plan.Bands}; band++)"))
            {
                // Threads that share out the bands share nothing within one.
                StepWriter inside = plan.SharesOutBands ? step with { Split = WorkSplit.None } : step;
                writer.Line($"int first = band * {plan.Band};");
                writer.Line($"int tiles = Math.Min({plan.Band}, {plan.Tiles} - first);");
                EmitInputTransforms(inside, plan, input, width);
                inside.Meet();
                EmitProducts(inside, plan, width);
                inside.Meet();

                // The next band's tiles may take the place of these, which the products have read; its products wait for all threads.
                EmitOutputTransforms(inside, plan, output, accumulates, activation, width);
            }
        }
    }

    private static void EmitInputTransforms(StepWriter step, WinogradPlan plan, TensorView input, VectorWidth width)
    {
        SourceWriter writer = step.Writer;
        Window2d window = plan.Geometry.Window;
        int side = plan.TileSide, height = input.Shape.Height, pixels = input.Shape.Width;
        string transform = WinogradKernels.Input(step.Kernels, width, plan.TileSide);
        using (OpenBlocks(step, plan, plan.InputBlocks))
        {
            writer.Line($"ref float plane = ref {Refs.At("source", $"block * {input.BlockStride}")};");
            writer.Line($"ref float points = ref {FirstPoints(step, plan, plan.InputBlocks, "scratch", plan.InputBlock)};");
            using (OpenTiles(step, plan, plan.InputBlocks))
            {
                writer.Line($"int y = (tile / {plan.TileColumns} * {plan.Side}) - {window.PadTop};");
                writer.Line($"int x = (tile % {plan.TileColumns} * {plan.Side}) - {window.PadLeft};");
                using (writer.Open($"if (y >= 0 && x >= 0 && y <= {height - side} && x <= {pixels - side})"))
                {
                    writer.Line($"{transform}(ref {Refs.At("plane", $"(y * {input.RowStride}) + (x * {TensorView.Block})")}, {input.RowStride}, ref points, {plan.InputPoint});");
                }

                using (writer.Open("else"))
                {
                    writer.Line($"TensorMoves.CopyTile(ref plane, y, x, {height}, {pixels}, ref edge, {side});");
                    writer.Line($"{transform}(ref edge, {side * TensorView.Block}, ref points, {plan.InputPoint});");
                }

                writer.Line($"points = ref {Refs.At("points", TensorView.Block)};");
            }
        }
    }

    private static void EmitProducts(StepWriter step, WinogradPlan plan, VectorWidth width)
    {
        int rest = plan.Tiles % plan.Band, panel = plan.PanelBlocks(width);
        if (rest == 0)
        {
            ProductEmitter.EmitCalls(step, width, [plan.Products(plan.Band, panel)], "scratch", "weights", "products", canShare: true);
            return;
        }

        using (step.Writer.Open($"if (tiles == {plan.Band})"))
        {
            ProductEmitter.EmitCalls(step, width, [plan.Products(plan.Band, panel)], "scratch", "weights", "products", canShare: true);
        }

        using (step.Writer.Open("else"))
        {
            ProductEmitter.EmitCalls(step, width, [plan.Products(rest, panel)], "scratch", "weights", "products", canShare: true);
        }
    }

    private static void EmitOutputTransforms(
        StepWriter step, WinogradPlan plan, TensorView output, bool accumulates, ActivationOperator? activation, VectorWidth width)
    {
        SourceWriter writer = step.Writer;
        bool hasBias = plan.Geometry.Operator.HasBias;
        int side = plan.StoredSide, height = output.Shape.Height, pixels = output.Shape.Width;
        string transform = WinogradKernels.Output(step.Kernels, width, plan, hasBias, accumulates, activation);
        string bias = hasBias ? $"ref {Refs.At("bias", $"block * {TensorView.Block}")}, " : "";
        using (OpenBlocks(step, plan, plan.OutputBlocks))
        {
            writer.Line($"ref float plane = ref {Refs.At("destination", $"block * {output.BlockStride}")};");
            writer.Line($"ref float points = ref {FirstPoints(step, plan, plan.OutputBlocks, "products", plan.OutputBlock)};");
            using (OpenTiles(step, plan, plan.OutputBlocks))
            {
                writer.Line($"int y = tile / {plan.TileColumns} * {side};");
                writer.Line($"int x = tile % {plan.TileColumns} * {side};");
                writer.Line($"ref float pixel = ref {Refs.At("plane", $"(y * {output.RowStride}) + (x * {TensorView.Block})")};");
                using (writer.Open($"if (y <= {height - side} && x <= {pixels - side})"))
                {
                    writer.Line($"{transform}(ref points, {plan.OutputPoint}, {bias}ref pixel, {output.RowStride});");
                }

                using (writer.Open("else"))
                {
                    string rectangle = $"Math.Min({side}, {height} - y), Math.Min({side}, {pixels} - x)";
                    if (accumulates)
                    {
                        writer.Line($"TensorMoves.CopyPixels(ref pixel, {output.RowStride}, ref edge, {side * TensorView.Block}, {rectangle});");
                    }

                    writer.Line($"{transform}(ref points, {plan.OutputPoint}, {bias}ref edge, {side * TensorView.Block});");
                    writer.Line($"TensorMoves.CopyPixels(ref edge, {side * TensorView.Block}, ref pixel, {output.RowStride}, {rectangle});");
                }

                writer.Line($"points = ref {Refs.At("points", TensorView.Block)};");
            }
        }
    }

    /// <summary>Whether threads share out a band's tiles, where there are more of them than of blocks of channels.</summary>
    private static bool SharesTiles(StepWriter step, WinogradPlan plan, int blocks) =>
        step.Split == WorkSplit.Shared && Math.Min(plan.Band, plan.Tiles) > blocks;

    private static SourceWriter.Block OpenBlocks(StepWriter step, WinogradPlan plan, int blocks) => step.Writer.Open(
        (SharesTiles(step, plan, blocks) ? step with { Split = WorkSplit.None } : step).Loop("block", blocks));

    private static SourceWriter.Block OpenTiles(StepWriter step, WinogradPlan plan, int blocks) => step.Writer.Open(SharesTiles(step, plan, blocks)
        ? "for (int tile = first + share.First(tiles); tile < first + share.End(tiles); tile++)"
        : "for (int tile = first; tile < first + tiles; tile++)");

    /// <summary>The points of the first of a block's tiles.</summary>
    private static string FirstPoints(StepWriter step, WinogradPlan plan, int blocks, string points, int stride) => Refs.At(
        points, SharesTiles(step, plan, blocks) ? $"(block * {stride}) + (share.First(tiles) * {TensorView.Block})" : $"block * {stride}");
}
