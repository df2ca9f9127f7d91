using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels.Strassen;

/// <summary>
/// Writes a 1×1 convolution of one image by a step of Strassen's algorithm: band after band of pixels, sums of quarters of the pixels, products
/// of halves, and sums of those. The numbers of channels and pixels are the step's arguments.
/// </summary>
internal static class StrassenEmitter
{
    /// <summary>Writes what convolves <c>Source</c> (blocked) to <c>Destination</c> (blocked), in the step's scratch memory.</summary>
    /// <param name="accumulates">Whether the result is added to what is there, before the activation.</param>
    public static void Emit(
        StepWriter step,
        StrassenPlan plan,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands)
    {
        SourceWriter writer = step.Writer;
        writer.Line("// Strassen: sums of quarters of the pixels; panel after panel of output channels seven products of halves, and sums of those.");
        string ofBand = plan.Sharing == StrassenSharing.Bands ? "partScratch" : "scratch";
        string ofPanel = plan.Sharing == StrassenSharing.Panels ? "partScratch" : step.At(ofBand, "productsStart", plan.AllFactorFloats);
        writer.Line($"ref float factors = ref {ofBand};");
        writer.Line($"ref float products = ref {ofPanel};");

        // Threads that share out bands or panels share nothing within one.
        StepWriter all = step with { Split = WorkSplit.None };
        StepWriter inBand = plan.Sharing == StrassenSharing.Bands ? all : step, inPanel = plan.Sharing == StrassenSharing.Products ? step : all;
        string bands = step.Argument("bands", plan.Bands), bandFloats = step.Argument("bandFloats", plan.BandFloats), panels = step.Argument("panels", plan.Panels);
        step.ForEachWidth(width =>
        {
            using (writer.Open((plan.Sharing == StrassenSharing.Bands ? step : all).Loop("band", bands)))
            {
                writer.Line($"ref float pixels = ref {Refs.At(operands.Source, $"band * {bandFloats}")};");
                writer.Line($"ref float results = ref {Refs.At(operands.Destination, $"band * {bandFloats}")};");
                EmitFactors(inBand, plan, input, width);
                inBand.Meet();
                using (writer.Open((plan.Sharing == StrassenSharing.Panels ? step : all).Loop("panel", panels)))
                {
                    EmitPanel(inPanel, plan, input, output, accumulates, activation, operands, width);
                }

                if (plan.Sharing == StrassenSharing.Panels)
                {
                    step.Meet();
                }
            }
        });
        step.UnrolledInstructions = Math.Max(step.UnrolledInstructions, inPanel.UnrolledInstructions);
    }

    /// <summary>Writes the sums of quarters of the weights.</summary>
    /// <param name="scale">A reference to a factor of each output channel, if there is one.</param>
    public static void EmitPack(StepWriter step, StrassenPlan plan, string weights, string packed, string? scale = null)
    {
        string factors = scale is null ? "" : $"ref {scale}, ";
        string blocks = $"{step.Argument("outputBlocks", plan.OutputBlocks)}, {step.Argument("inputBlocks", plan.InputBlocks)}";
        step.Writer.Line($"StrassenPacking.Pack(ref {weights}, {factors}{blocks}, ref {packed});");
    }

    private static void EmitFactors(StepWriter step, StrassenPlan plan, TensorView input, VectorWidth width)
    {
        string blocks = step.Argument("inputBlocks", plan.InputBlocks), plane = step.Argument("inputPlaneFloats", input.BlockStride);
        step.Writer.Line(
            $"{StrassenKernels.Factors(step.Kernels, width)}(ref pixels, ref factors, {step.Argument("factorFloats", plan.FactorFloats)}, {blocks}, {plane}, {Pixels(step, plan)});");
    }

    private static void EmitPanel(
        StepWriter step,
        StrassenPlan plan,
        TensorView input,
        TensorView output,
        bool accumulates,
        ActivationOperator? activation,
        (string Source, string Weights, string Bias, string Destination) operands,
        VectorWidth width)
    {
        if (accumulates && !step.HasSumsInPlace)
        {
            throw new ArgumentException("The network's kernels were not told that one of them adds to what is there.", nameof(step));
        }

        SourceWriter writer = step.Writer;
        string panelBlocks = step.Argument("panelBlocks", plan.PanelBlocks), outputBlocks = step.Argument("outputBlocks", plan.OutputBlocks);
        string planeFloats = step.Argument("outputPlaneFloats", output.BlockStride), firstFloats = $"({step.Argument("firstPixels", plan.FirstPixels)} * {TensorView.Block})";
        writer.Line($"ref float panelWeights = ref {Refs.At(operands.Weights, $"panel * {step.Argument("panelWeightFloats", plan.PanelWeightFloats)}")};");
        writer.Line($"ref float first = ref {Refs.At("results", $"panel * {panelBlocks} * {planeFloats}")};");
        writer.Line($"ref float lowerFirst = ref {Refs.At("first", $"{outputBlocks} * {planeFloats}")};");

        // What is added to what is there is no product by itself any more, which C22's is for C12.
        bool isSecondInPlace = plan.IsEven, isLowerSecondInPlace = plan.IsEven && !accumulates;
        string second = isSecondInPlace ? Refs.At("first", firstFloats) : Product(4), lowerSecond = isLowerSecondInPlace ? Refs.At("lowerFirst", firstFloats) : Product(3);
        writer.Line($"ref float second = ref {second};");
        writer.Line($"ref float lowerSecond = ref {lowerSecond};");

        int secondFloats = isSecondInPlace ? output.BlockStride : plan.BlockFloats, lowerSecondFloats = isLowerSecondInPlace ? output.BlockStride : plan.BlockFloats;
        StoreMode store = accumulates ? StoreMode.Accumulate : StoreMode.Overwrite;
        string lowerHalf = Refs.At("pixels", step.Argument("halfInputFloats", plan.InputBlocks * input.BlockStride));
        Multiply("A11", "B11", "pixels", input.BlockStride, Product(0), plan.BlockFloats);
        Multiply("S2", "T2", Factor("T2"), plan.BlockFloats, Product(1), plan.BlockFloats);
        Multiply("S3", "T3", Factor("T3"), plan.BlockFloats, Product(2), plan.BlockFloats);
        Multiply("S1", "T1", Factor("T1"), plan.BlockFloats, "lowerSecond", lowerSecondFloats);
        Multiply("S4", "B22", Factor("B22"), plan.BlockFloats, "second", secondFloats, isSecondInPlace ? store : StoreMode.Overwrite);
        Multiply("A22", "T4", Factor("T4"), plan.BlockFloats, "lowerFirst", output.BlockStride, store);
        Multiply("A12", "B21", lowerHalf, input.BlockStride, "first", output.BlockStride, store);
        step.Meet();
        EmitResults();
        step.Meet();

        string Product(int product) => Nth("products", product, step.Argument("productFloats", plan.ProductFloats));

        string Factor(string name) => Nth("factors", Array.IndexOf(StrassenPlan.PixelFactors, name), step.Argument("factorFloats", plan.FactorFloats));

        static string Nth(string first, int number, string floats) => number == 0 ? first : Refs.At(first, number == 1 ? floats : $"{number} * {floats}");

        void Multiply(
            string ofWeights, string ofPixels, string factor, int factorBlockFloats, string product, int productBlockFloats, StoreMode store = StoreMode.Overwrite)
        {
            writer.Line($"// {ofWeights} · {ofPixels}");
            string weights = Nth("panelWeights", Array.IndexOf(StrassenPlan.WeightFactors, ofWeights), step.Argument("weightFloats", plan.WeightFloats));
            ProductEmitter.EmitCalls(step, width, [plan.Product(factorBlockFloats, productBlockFloats, store)], factor, weights, product, canShare: true);
        }

        void EmitResults()
        {
            bool hasBias = plan.Geometry.Operator.HasBias;
            string? floor = ActivationEmitter.FloorOf(activation);
            string kernel = StrassenKernels.Results(step.Kernels, width, hasBias, step.HasSumsInPlace, floor is null ? activation : null);
            string biases = hasBias ? $"ref {Refs.At(operands.Bias, $"panel * {panelBlocks} * {TensorView.Block}")}, " : "";
            string seconds = $"ref second, {step.Argument("secondBlockFloats", secondFloats)}, ref lowerSecond, {step.Argument("lowerSecondBlockFloats", lowerSecondFloats)}";
            string products = $"ref products, {step.Argument("productFloats", plan.ProductFloats)}";
            string adds = step.HasSumsInPlace
                ? $", {step.Argument("addsSecond", accumulates && !isSecondInPlace)}, {step.Argument("addsLowerSecond", accumulates && !isLowerSecondInPlace)}"
                : "";
            string raises = floor is null ? "" : ", " + step.Argument("float", "floor", floor);
            writer.Line($"{kernel}({products}, {seconds}, {biases}ref first, {panelBlocks}, {outputBlocks}, {planeFloats}, {Pixels(step, plan)}{adds}{raises});");
        }
    }

    /// <summary>The pixels of both halves, and the range of them that a thread takes.</summary>
    private static string Pixels(StepWriter step, StrassenPlan plan)
    {
        string first = step.Argument("firstPixels", plan.FirstPixels);
        return $"{first}, {step.Argument("secondPixels", plan.SecondPixels)}, {step.Range(first)}";
    }
}
