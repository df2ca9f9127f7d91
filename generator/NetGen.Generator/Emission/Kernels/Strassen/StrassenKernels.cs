using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;

namespace NetGen.Generator.Emission.Kernels.Strassen;

/// <summary>Writes the sums of quarters before the products of <see cref="StrassenPlan"/>, and those of products behind them.</summary>
internal sealed class StrassenKernels
{
    /// <summary>
    /// What both are told: the blocks of half the channels; floats from one block of the map to the next; the pixels of both halves; the range of
    /// them to take.
    /// </summary>
    private const string Halves = "int blocks, int planeFloats, int firstPixels, int secondPixels, int fromPixel, int toPixel";

    private static readonly string[] s_factors = ["factorT2", "factorT3", "factorT1", "factorB22", "factorT4"];

    private readonly SourceWriter _writer;
    private readonly VectorWidth _width;

    private StrassenKernels(SourceWriter writer, VectorWidth width)
    {
        _writer = writer;
        _width = width;
    }

    /// <summary>From quarters of the pixels to the factors of all products but the first and the last.</summary>
    public static string Factors(KernelLibrary kernels, VectorWidth width) => kernels.GetOrAdd(
        width,
        "strassen factors",
        "StrassenFactors",
        (writer, method) => new StrassenKernels(writer, width).EmitFactors(method));

    /// <summary>From products to results, with bias and activation.</summary>
    /// <param name="canAdd">Whether the kernel is told by an argument to add to what is there.</param>
    /// <param name="activation">Null for those that raise values to a floor, which is an argument.</param>
    public static string Results(KernelLibrary kernels, VectorWidth width, bool hasBias, bool canAdd, ActivationOperator? activation) => kernels.GetOrAdd(
        width,
        ("strassen results", hasBias, canAdd, activation),
        $"StrassenResults{(activation is null ? "" : $"_{ActivationEmitter.StemOf(activation)}")}",
        (writer, method) => new StrassenKernels(writer, width).EmitResults(method, hasBias, canAdd, activation));

    private void EmitFactors(string method)
    {
        _writer.Line("// Sums of quarters of the pixels, block by block of half the channels; the second half may be one pixel shorter.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using SourceWriter.Block body = _writer.Open($"internal static void {method}(ref float pixels, ref float scales, ref float factors, int factorFloats, {Halves})");
        DeclarePixels();
        using SourceWriter.Block blocks = _writer.Open("for (int block = 0; block < blocks; block++)");
        DeclareQuarters("pixels");
        for (int factor = 0; factor < s_factors.Length; factor++)
        {
            string place = factor == 0 ? Refs.At("factors", "block * firstFloats") : Refs.At(s_factors[factor - 1], "factorFloats");
            _writer.Line($"ref float {s_factors[factor]} = ref {place};");
        }

        using SourceWriter.Block? lanes = OpenLanes(out string lane);
        Declare("scale", _width.Load(Refs.At("scales", $"(block * {TensorView.Block}){lane}")));
        Declare("lowerScale", _width.Load(Refs.At("scales", $"((blocks + block) * {TensorView.Block}){lane}")));
        _writer.Line($"int at = from{lane};");
        using (_writer.Open($"for (; at < toPaired; at += {TensorView.Block})"))
        {
            Declare("b11", $"{Load("first", "at")} * scale");
            Declare("b12", $"{Load("second", "at")} * scale");
            Declare("b21", $"{Load("lowerFirst", "at")} * lowerScale");
            Declare("b22", $"{Load("lowerSecond", "at")} * lowerScale");
            Declare("t1", "b12 - b11");
            Declare("t2", "b22 - t1");
            StoreFactors("t2", "b22 - b12", "t1", "b22", "b21 - t2");
        }

        using (_writer.Open($"for (; at < to; at += {TensorView.Block})"))
        {
            Declare("b11", $"{Load("first", "at")} * scale");
            Declare("b21", $"{Load("lowerFirst", "at")} * lowerScale");
            StoreFactors("b11", _width.Zero, "-b11", _width.Zero, "b21 - b11");
        }

        void StoreFactors(params string[] values)
        {
            for (int factor = 0; factor < values.Length; factor++)
            {
                _writer.Line(_width.Store(values[factor], Refs.At(s_factors[factor], "at")));
            }
        }
    }

    private void EmitResults(string method, bool hasBias, bool canAdd, ActivationOperator? activation)
    {
        _writer.Line("// Sums of products to results" + (canAdd ? ", perhaps added to what is there" : "") + (activation is null ? "" : $", {activation.Description}") + ", block by block of half the channels.");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string bias = hasBias ? "ref float bias, " : "", arguments = (canAdd ? ", bool addsSecond, bool addsLowerSecond" : "") + (activation is null ? ", float floor" : "");
        const string Products = "ref float products, int productFloats, ref float ofSecond, int ofSecondFloats, ref float ofLowerSecond, int ofLowerSecondFloats";
        using SourceWriter.Block body = _writer.Open($"internal static void {method}({Products}, {bias}ref float results, int panelBlocks, {Halves}{arguments})");
        if (activation is null)
        {
            Declare("floors", _width.Broadcast("floor"));
        }

        DeclarePixels();
        using SourceWriter.Block loop = _writer.Open("for (int block = 0; block < panelBlocks; block++)");
        DeclareQuarters("results");
        _writer.Line($"ref float a11b11s = ref {Refs.At("products", "block * firstFloats")};");
        _writer.Line($"ref float s2t2s = ref {Refs.At("a11b11s", "productFloats")};");
        _writer.Line($"ref float s3t3s = ref {Refs.At("s2t2s", "productFloats")};");
        _writer.Line($"ref float s1t1s = ref {Refs.At("ofLowerSecond", "block * ofLowerSecondFloats")};");
        _writer.Line($"ref float s4b22s = ref {Refs.At("ofSecond", "block * ofSecondFloats")};");
        using SourceWriter.Block? lanes = OpenLanes(out string lane);
        if (hasBias)
        {
            Declare("upperBias", _width.Load(Refs.At("bias", $"(block * {TensorView.Block}){lane}")));
            Declare("lowerBias", _width.Load(Refs.At("bias", $"((blocks + block) * {TensorView.Block}){lane}")));
        }

        _writer.Line($"int at = from{lane};");
        using (_writer.Open($"for (; at < toPaired; at += {TensorView.Block})"))
        {
            DeclareFirstHalf();
            Declare("s1t1", Load("s1t1s", "at"));
            Declare("c12", $"{Load("s4b22s", "at")} + q + s1t1");
            Declare("c22", "s1t1 + r");
            if (canAdd)
            {
                Add("addsSecond", "c12", "second");
                Add("addsLowerSecond", "c22", "lowerSecond");
            }

            Finish(("c11", "first", "upperBias"), ("c12", "second", "upperBias"), ("c21", "lowerFirst", "lowerBias"), ("c22", "lowerSecond", "lowerBias"));
        }

        using (_writer.Open($"for (; at < to; at += {TensorView.Block})"))
        {
            DeclareFirstHalf();
            Finish(("c11", "first", "upperBias"), ("c21", "lowerFirst", "lowerBias"));
        }

        void DeclareFirstHalf()
        {
            Declare("p", Load("a11b11s", "at"));
            Declare("q", $"{Load("s2t2s", "at")} + p");
            Declare("r", $"{Load("s3t3s", "at")} + q");
            Declare("c11", $"{Load("first", "at")} + p");
            Declare("c21", $"{Load("lowerFirst", "at")} + r");
        }

        void Add(string condition, string value, string quarter)
        {
            using SourceWriter.Block adds = _writer.Open($"if ({condition})");
            _writer.Line($"{value} += {Load(quarter, "at")};");
        }

        void Finish(params (string Value, string Quarter, string Bias)[] results)
        {
            foreach ((string value, string quarter, string added) in results)
            {
                string sum = hasBias ? $"({value} + {added})" : value;
                string result = activation is null ? ActivationEmitter.Raise(_width, "floors", sum) : ActivationEmitter.Apply(activation, _width, sum);
                _writer.Line(_width.Store(result, Refs.At(quarter, "at")));
            }
        }
    }

    /// <summary>Opens a loop over what a block has of vectors, unless it is one.</summary>
    private SourceWriter.Block? OpenLanes(out string lane)
    {
        bool isOne = _width.Lanes == TensorView.Block;
        lane = isOne ? "" : " + lane";
        return isOne ? null : _writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {_width.Lanes})");
    }

    /// <summary>Declares the range of pixels in floats: up to <c>toPaired</c> there are some in the second half too.</summary>
    private void DeclarePixels()
    {
        _writer.Line($"int firstFloats = firstPixels * {TensorView.Block}, from = fromPixel * {TensorView.Block}, to = toPixel * {TensorView.Block};");
        _writer.Line($"int toPaired = Math.Min(toPixel, secondPixels) * {TensorView.Block};");
    }

    /// <summary>Declares where the block's quarters of a map begin: the upper ones have the first half of the channels.</summary>
    private void DeclareQuarters(string map)
    {
        _writer.Line($"ref float first = ref {Refs.At(map, "block * planeFloats")};");
        _writer.Line($"ref float second = ref {Refs.At("first", "firstFloats")};");
        _writer.Line($"ref float lowerFirst = ref {Refs.At("first", "blocks * planeFloats")};");
        _writer.Line($"ref float lowerSecond = ref {Refs.At("lowerFirst", "firstFloats")};");
    }

    private void Declare(string name, string value) => _writer.Line($"{_width.Type} {name} = {value};");

    private string Load(string reference, string at) => _width.Load(Refs.At(reference, at));
}
