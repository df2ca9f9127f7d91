using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// Writes a convolution of one image by Winograd's minimal filtering: band after band of tiles is transformed, multiplied, and
/// transformed back. The numbers of channels, of the map and of its bands are the step's arguments, so that layers of one algorithm have one step.
/// </summary>
internal sealed record WinogradChoice(WinogradPlan Plan) : AlgorithmChoice
{
    public override int ForwardScratch => Plan.SharesOutBands ? 0 : Plan.BandFloats;

    public override int PartScratch => Plan.EdgeFloats + (Plan.SharesOutBands ? Plan.BandFloats : 0);

    public override int PackedFloats => Plan.PackedFloats;

    public override void Emit(StepWriter step, NodePlan node)
    {
        WinogradPlan plan = Plan;
        SourceWriter writer = step.Writer;
        string scratch = plan.SharesOutBands ? "partScratch" : "scratch";
        writer.Line($"// F({plan.Side}×{plan.Side}, {plan.Taps}×{plan.Taps}) over bands of tiles: to points, products, to results.");
        writer.Line($"ref float points = ref {scratch};");
        writer.Line($"ref float products = ref {step.At(scratch, "productsStart", plan.ProductsStart)};");
        writer.Line($"ref float edge = ref {(plan.SharesOutBands ? step.At("partScratch", "edgeStart", plan.BandFloats) : "partScratch")};");

        // Threads that share out the bands share nothing within one.
        StepWriter inside = step with { Split = plan.SharesOutBands ? WorkSplit.None : step.Split };
        string bands = step.Argument("bands", plan.Bands), bandTiles = step.Argument("bandTiles", plan.Band), mapTiles = step.Argument("mapTiles", plan.Tiles);
        step.ForEachWidth(width =>
        {
            using (writer.Open((plan.SharesOutBands ? step : step with { Split = WorkSplit.None }).Loop("band", bands)))
            {
                writer.Line($"int first = band * {bandTiles}, tiles = Math.Min({bandTiles}, {mapTiles} - first);");
                EmitInputTransforms(inside, plan, node.Input, width);
                inside.Meet();
                EmitProducts(inside, plan, bandTiles, width);
                inside.Meet();

                // The next band's tiles may take the place of these, which the products have read; its products wait for all threads.
                EmitOutputTransforms(inside, plan, node, width);
            }
        });
        step.UnrolledInstructions = Math.Max(step.UnrolledInstructions, inside.UnrolledInstructions);
    }

    public override void EmitPack(StepWriter step, string weights, string packed, string? scale)
    {
        WinogradPlan plan = Plan;
        ConvolutionGeometry geometry = plan.Geometry;
        step.ForEachWidth(width =>
        {
            string transform = WinogradKernels.Weights(step.Kernels, width, plan.Taps, plan.TileSide, geometry.WeightKernelColumn, isScaled: scale is not null);
            string panel = step.Argument("panelBlocks", plan.PanelBlocks(width)), weightBlock = step.Argument("weightBlockFloats", plan.WeightBlock);
            string partChannels = plan.Parts == 1 ? "" : step.Argument("partChannels", plan.PartChannels);
            using (step.Writer.Open($"for (int block = 0; block < {step.Argument("outputBlocks", plan.OutputBlocks)}; block++)"))
            using (step.Writer.Open($"for (int ic = 0; ic < {step.Argument("inputChannels", geometry.Input.Channels)}; ic++)"))
            {
                string from = $"(block * {step.Argument("outputFloats", geometry.WeightOutput)}) + ((ic / {geometry.InputBlock}) * {geometry.WeightInput}) + ((ic % {geometry.InputBlock}) * {TensorView.Block})";
                string row = plan.Parts == 1 ? "ic" : $"(ic % {partChannels})";
                string to = (plan.Parts == 1 ? "" : $"(ic / {partChannels} * {step.Argument("weightPartFloats", plan.WeightPart)}) + ")
                    + $"(block / {panel} * {panel} * {weightBlock}) + ((({row} * {panel}) + (block % {panel})) * {TensorView.Block})";
                string factors = scale is null ? "" : $"ref {Refs.At(scale, $"block * {TensorView.Block}")}, ";
                step.Writer.Line($"{transform}(ref {Refs.At(weights, from)}, {factors}ref {Refs.At(packed, to)}, {step.Argument("weightPointFloats", plan.WeightPoint)});");
            }
        });
    }

    private static void EmitInputTransforms(StepWriter step, WinogradPlan plan, TensorView input, VectorWidth width)
    {
        string transform = WinogradKernels.Input(step.Kernels, width, plan);
        (string points, string ranges) = Ranges(step, plan, "points", step.Argument("mapBlocks", plan.InputBlocks), plan.InputBlocks);
        string map = Map(step, plan, "input", input);
        string strides = $"{step.Argument("tilesPointFloats", plan.InputPoint)}, {step.Argument("tilesBlockFloats", plan.InputBlock)}";
        step.Writer.Line($"{transform}(ref input, ref {points}, ref edge, {ranges}, {map}, {strides});");
    }

    private static void EmitProducts(StepWriter step, WinogradPlan plan, string bandTiles, VectorWidth width)
    {
        int rest = plan.Tiles % plan.Band, panel = plan.PanelBlocks(width);
        if (rest == 0)
        {
            EmitOf(plan.Band);
            return;
        }

        using (step.Writer.Open($"if (tiles == {bandTiles})"))
        {
            EmitOf(plan.Band);
        }

        using (step.Writer.Open("else"))
        {
            EmitOf(rest);
        }

        void EmitOf(int tiles) =>
            ProductEmitter.EmitCalls(step, width, [plan.Products(tiles, panel)], "points", "weights", "products", canShare: true);
    }

    private static void EmitOutputTransforms(StepWriter step, WinogradPlan plan, NodePlan node, VectorWidth width)
    {
        bool hasBias = plan.Geometry.Operator.HasBias;
        string transform = WinogradKernels.Output(step.Kernels, width, plan, hasBias, step.HasSumsInPlace, PrintedActivation(node));
        (string products, string ranges) = Ranges(step, plan, "products", step.Argument("outputBlocks", plan.OutputBlocks), plan.OutputBlocks);
        string map = Map(step, plan, "output", node.Output);
        string strides = $"{step.Argument("productsPointFloats", plan.OutputPoint)}, {step.Argument("productsBlockFloats", plan.OutputBlock)}";
        string end = EndArguments(step, node, ("adds", node.Addend is not null));
        step.Writer.Line($"{transform}(ref {products}, {(hasBias ? "ref bias, " : "")}ref output, ref edge, {ranges}, {map}, {strides}{end});");
    }

    /// <summary>
    /// The points of a transform's first tile, and the blocks and tiles it takes: threads share a band's tiles where there are more of them
    /// than of blocks of channels.
    /// </summary>
    private static (string Points, string Ranges) Ranges(StepWriter step, WinogradPlan plan, string points, string blocks, int blockCount) =>
        step.Split == WorkSplit.Shared && Math.Min(plan.Band, plan.Tiles) > blockCount
            ? (Refs.At(points, $"share.First(tiles) * {TensorView.Block}"), $"0, {blocks}, first + share.First(tiles), first + share.End(tiles)")
            : (points, $"{step.Range(blocks)}, first, first + tiles");

    private static string Map(StepWriter step, WinogradPlan plan, string name, TensorView view) => string.Join(
        ", ",
        step.Argument("tileColumns", plan.TileColumns),
        step.Argument($"{name}Height", view.Shape.Height),
        step.Argument($"{name}Width", view.Shape.Width),
        step.Argument($"{name}RowFloats", view.RowStride),
        step.Argument($"{name}PlaneFloats", view.BlockStride));
}
