using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels.Strassen;

/// <summary>
/// Writes a 1×1 convolution of one image by a step of Strassen's algorithm: band after band of pixels, sums of quarters of the pixels, products
/// of halves, and sums of those. The numbers of channels and pixels are the step's arguments.
/// </summary>
internal sealed record StrassenChoice(StrassenPlan Plan) : AlgorithmChoice
{
    public override int ForwardScratch => Plan.Sharing switch
    {
        StrassenSharing.Bands => 0,
        StrassenSharing.Panels => Plan.AllFactorFloats,
        _ => Plan.AllFactorFloats + Plan.AllProductFloats,
    };

    public override int PartScratch => Plan.Sharing switch
    {
        StrassenSharing.Bands => Plan.AllFactorFloats + Plan.AllProductFloats,
        StrassenSharing.Panels => Plan.AllProductFloats,
        _ => 0,
    };

    public override int PackedFloats => Plan.PackedFloats;

    public override void Emit(StepWriter step, NodePlan node)
    {
        SourceWriter writer = step.Writer;
        writer.Line("// Strassen: sums of quarters of the pixels; panel after panel of output channels seven products of halves, and sums of those.");
        string ofBand = Plan.Sharing == StrassenSharing.Bands ? "partScratch" : "scratch";
        string ofPanel = Plan.Sharing == StrassenSharing.Panels ? "partScratch" : step.At(ofBand, "productsStart", Plan.AllFactorFloats);
        string firstPixels = step.Argument("firstPixels", Plan.FirstPixels), secondPixels = step.Argument("secondPixels", Plan.SecondPixels);
        string inputBlocks = step.Argument("inputBlocks", Plan.InputBlocks), panelBlocks = step.Argument("panelBlocks", Plan.PanelBlocks);
        writer.Line($"ref float factors = ref {ofBand};");
        writer.Line($"ref float products = ref {ofPanel};");
        writer.Line($"int bandFloats = ({firstPixels} + {secondPixels}) * {TensorView.Block}, firstFloats = {firstPixels} * {TensorView.Block};");
        writer.Line($"int lowerInput = {inputBlocks} * {PlaneFloats(step)}, lowerOutput = {step.Argument("outputBlocks", Plan.OutputBlocks)} * {PlaneFloats(step)};");
        writer.Line($"int panelWeightFloats = {panelBlocks} * {inputBlocks} * {TensorView.Block * TensorView.Block}, weightFloats = {step.Argument("panels", Plan.Panels)} * panelWeightFloats;");

        // Threads that share out bands or panels share nothing within one.
        StepWriter all = step with { Split = WorkSplit.None };
        StepWriter inBand = Plan.Sharing == StrassenSharing.Bands ? all : step, inPanel = Plan.Sharing == StrassenSharing.Products ? step : all;
        step.ForEachWidth(width =>
        {
            using (writer.Open((Plan.Sharing == StrassenSharing.Bands ? step : all).Loop("band", step.Argument("bands", Plan.Bands))))
            {
                writer.Line("ref float pixels = ref Unsafe.Add(ref input, band * bandFloats);");
                writer.Line("ref float results = ref Unsafe.Add(ref output, band * bandFloats);");
                EmitFactors(inBand, width);
                inBand.Meet();
                using (writer.Open((Plan.Sharing == StrassenSharing.Panels ? step : all).Loop("panel", step.Argument("panels", Plan.Panels))))
                {
                    EmitPanel(inPanel, node, width);
                }

                if (Plan.Sharing == StrassenSharing.Panels)
                {
                    step.Meet();
                }
            }
        });
        step.UnrolledInstructions = Math.Max(step.UnrolledInstructions, inPanel.UnrolledInstructions);
    }

    public override void EmitPack(StepWriter step, string weights, string packed, string? scale)
    {
        string factors = scale is null ? "" : $"ref {scale}, ";
        string blocks = $"{step.Argument("outputBlocks", Plan.OutputBlocks)}, {step.Argument("inputBlocks", Plan.InputBlocks)}";
        step.Writer.Line($"StrassenPacking.Pack(ref {weights}, {factors}{blocks}, ref {packed});");
    }

    private void EmitFactors(StepWriter step, VectorWidth width) => step.Writer.Line(
        $"{StrassenKernels.Factors(step.Kernels, width)}(ref pixels, ref {step.At("weights", "scalesStart", Plan.ScalesStart)}, ref factors, {FactorFloats(step)}, {step.Argument("inputBlocks", Plan.InputBlocks)}, {PlaneFloats(step)}, {Pixels(step)});");

    private void EmitPanel(StepWriter step, NodePlan node, VectorWidth width)
    {
        SourceWriter writer = step.Writer;
        bool accumulates = node.Addend is not null;
        int scratchProducts = Plan.ScratchProducts(accumulates);
        writer.Line("ref float panelWeights = ref Unsafe.Add(ref weights, panel * panelWeightFloats);");
        writer.Line($"ref float first = ref {Refs.At("results", $"panel * {step.Argument("panelBlocks", Plan.PanelBlocks)} * {PlaneFloats(step)}")};");
        EmitProducts(step, width, 0, scratchProducts, Plan.BlockFloats, "products", $"product * {ProductFloats(step)}", StoreMode.Overwrite);
        EmitProducts(
            step,
            width,
            scratchProducts,
            StrassenPlan.Products,
            Plan.PlaneFloats,
            "first",
            $"({StrassenPlan.Products - 1} - product) % 2 * lowerOutput + (({StrassenPlan.Products - 1} - product) / 2 * firstFloats)",
            accumulates ? StoreMode.Accumulate : StoreMode.Overwrite);
        step.Meet();
        EmitResults(step, node, scratchProducts, width);
        step.Meet();
    }

    /// <summary>Writes some of a panel's products, in a loop if their kernels can tell their operands' blocks apart.</summary>
    /// <param name="productBlockFloats">From one block of where they are written to the next.</param>
    /// <param name="destination">Where they are written.</param>
    /// <param name="place">How far from there, by <c>product</c>.</param>
    private void EmitProducts(StepWriter step, VectorWidth width, int first, int end, int productBlockFloats, string destination, string place, StoreMode store)
    {
        if (ProductEmitter.TakesShape(step, width, Plan.Product(Plan.BlockFloats, productBlockFloats, store).Space))
        {
            using SourceWriter.Block loop = step.Writer.Open($"for (int product = {first}; product < {end}; product++)");
            EmitCalls(Plan.BlockFloats, ProductShape.BlockFloatsOf(StrassenPlan.PixelFactor));
            return;
        }

        for (int product = first; product < end; product++)
        {
            using SourceWriter.Block block = step.Writer.Open();
            step.Writer.Line($"const int product = {product};");
            EmitCalls(product % (StrassenPlan.Products - 1) == 0 ? Plan.PlaneFloats : Plan.BlockFloats);
        }

        void EmitCalls(int factorBlockFloats, params string[] variables)
        {
            SourceWriter writer = step.Writer;
            writer.Line($"bool isQuarter = product % {StrassenPlan.Products - 1} == 0;");
            writer.Line($"ref float factor = ref (isQuarter ? ref Unsafe.Add(ref pixels, product / {StrassenPlan.Products - 1} * lowerInput) : ref {Refs.At("factors", $"(product - 1) * {FactorFloats(step)}")});");
            if (variables.Length > 0)
            {
                writer.Line($"int {ProductShape.BlockFloatsOf(StrassenPlan.PixelFactor)} = isQuarter ? {PlaneFloats(step)} : firstFloats;");
            }

            writer.Line("ref float factorOfWeights = ref Unsafe.Add(ref panelWeights, product * weightFloats);");
            writer.Line($"ref float result = ref {Refs.At(destination, place)};");
            ProductEmitter.EmitCalls(
                step, width, [Plan.Product(factorBlockFloats, productBlockFloats, store)], "factor", "factorOfWeights", "result", canShare: true, variables: variables);
        }
    }

    private void EmitResults(StepWriter step, NodePlan node, int scratchProducts, VectorWidth width)
    {
        bool hasBias = Plan.Geometry.Operator.HasBias, accumulates = node.Addend is not null;
        string kernel = StrassenKernels.Results(step.Kernels, width, hasBias, step.HasSumsInPlace, PrintedActivation(node));
        string panelBlocks = step.Argument("panelBlocks", Plan.PanelBlocks), outputBlocks = step.Argument("outputBlocks", Plan.OutputBlocks);
        string seconds = $"{OfQuarter(4, "firstFloats")}, {OfQuarter(3, "lowerOutput + firstFloats")}";
        string biases = hasBias ? $"ref {Refs.At("bias", $"panel * {panelBlocks} * {TensorView.Block}")}, " : "";
        string end = EndArguments(
            step, node, ("addsSecond", accumulates && scratchProducts > 4), ("addsLowerSecond", accumulates && scratchProducts > 3));
        step.Writer.Line(
            $"{kernel}(ref products, {ProductFloats(step)}, {seconds}, {biases}ref first, {panelBlocks}, {outputBlocks}, {PlaneFloats(step)}, {Pixels(step)}{end});");

        // Where a product of a quarter is, and what lies between its blocks.
        string OfQuarter(int product, string place) => product < scratchProducts
            ? $"ref {Refs.At("products", $"{product} * {ProductFloats(step)}")}, firstFloats"
            : $"ref {Refs.At("first", place)}, {PlaneFloats(step)}";
    }

    private string PlaneFloats(StepWriter step) => step.Argument("planeFloats", Plan.PlaneFloats);

    private string FactorFloats(StepWriter step) => step.Argument("factorFloats", Plan.FactorFloats);

    private string ProductFloats(StepWriter step) => step.Argument("productFloats", Plan.ProductFloats);

    /// <summary>The pixels of both halves, and the range of them that a thread takes.</summary>
    private string Pixels(StepWriter step)
    {
        string first = step.Argument("firstPixels", Plan.FirstPixels);
        return $"{first}, {step.Argument("secondPixels", Plan.SecondPixels)}, {step.Range(first)}";
    }
}
