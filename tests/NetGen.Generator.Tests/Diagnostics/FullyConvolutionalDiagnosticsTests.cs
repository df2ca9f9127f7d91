using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in what networks are derived from, and for which images.</summary>
public class FullyConvolutionalDiagnosticsTests
{
    private const string Source = "\n[Network(Training = false), Input(1, 12, 12), MaxPool2d(2), ReLU] partial class Source;";

    public static TheoryData<DiagnosticCase> Attributes => new()
    {
        Derived("[[|FullyConvolutional(typeof(Plain), 20, 20)|]] partial class Net; class Plain;", NoNetwork("Plain")),
        Derived("[[|FullyConvolutional(typeof(int[]), 20, 20)|]] partial class Net;", NoNetwork("int[]")),
        Derived("[[|FullyConvolutional(null!, 20, 20)|]] partial class Net;", NoNetwork("null")),
        Derived(
            "[[|FullyConvolutional(typeof(Page), 20, 20)|]] partial class Net; [FullyConvolutional(typeof(Source), 20, 20)] partial class Page;",
            "NETGEN120: 'Page' is no network to derive from: it is fully convolutional itself; name the network that it is derived from"),
        Derived("[FullyConvolutional(typeof(Source), 20, 20), [|Input(1, 20, 20)|], Linear(3)] partial class Net;", HasLayers("Input")),
        Derived("[FullyConvolutional(typeof(Source), 20, 20)] partial class Net; [[|Linear(3)|]] partial class Net;", HasLayers("Linear")),
        Derived(
            "[Network, Input(4), ReLU, [|FullyConvolutional(typeof(Source), 20, 20)|]] partial class Net;",
            "NETGEN123: 'Net' has both [Network] and [FullyConvolutional], each of which says what it is; keep one of them"),
        Derived(
            "[FullyConvolutional(typeof(Source), 20, 20), [|Block|], ReLU] partial class Net;",
            "NETGEN123: 'Net' has both [Block] and [FullyConvolutional], each of which says what it is; keep one of them"),
        Derived(
            "[[|FullyConvolutional(typeof(Source), 11, 20)|]] partial class Net;",
            "NETGEN124: An input of 11×20 has no window of 12×12, which 'Source' takes; the least height is 12 and the least width 12"),
        Derived(
            "[[|FullyConvolutional(typeof(Source), 20, -1)|]] partial class Net;",
            "NETGEN124: An input of 20×-1 has no window of 12×12, which 'Source' takes; the least height is 12 and the least width 12"),
        Derived(
            "[[|FullyConvolutional(typeof(Words), 7)|]] partial class Net; [Network(Training = false), Input(3, 8), MaxPool1d(2)] partial class Words;",
            "NETGEN124: An input of 7 has no window of 8, which 'Words' takes; the least length is 8"),
        Derived(
            "[[|FullyConvolutional(typeof(Vectors), 1, 9)|]] partial class Net; [Network(Training = false), Input(8), ReLU] partial class Vectors;",
            "NETGEN125: 'Vectors' takes vectors of 8, over which nothing slides; declare [Input(channels, height, width)] there"),
        Derived(
            "[[|FullyConvolutional(typeof(Source), 20)|]] partial class Net;",
            "NETGEN125: 'Source' takes images of 1×12×12, and a length is for sequences; give a height and a width"),
        Derived(
            "[[|FullyConvolutional(typeof(Words), 2, 9)|]] partial class Net; [Network(Training = false), Input(3, 8), MaxPool1d(2)] partial class Words;",
            "NETGEN125: 'Words' takes sequences of 3×1×8; give their length alone"),
        Derived("[FullyConvolutional(typeof(Source), 20, 20)] class [|Net|];", "NETGEN001: Network 'Net' must be partial, so that its code can be added to it: declare it 'partial class Net'"),
        Derived(
            "[FullyConvolutional(typeof(Source), 20, 20)] partial class Net { public void [|Save|](string path) { } }",
            "NETGEN013: 'Net' already has 'Net.Save(string)', the name that the generated member 'Save(string)' would have; rename it"),
    };

    public static TheoryData<DiagnosticCase> Layers => new()
    {
        Refused("Conv2d(16, 3), LayerNorm, Linear(3)", "20, 20", "ln1 of 'From' normalises over all 16×10×10 of a window at once; use Over = LayerNormAxes.Channels"),
        Refused(
            "GlobalAvgPool2d, LayerNorm, Linear(3)", "20, 20", "ln1 of 'From' has a weight of 2×1×1, the shape of a window's map; use Over = LayerNormAxes.Channels"),
        Refused(
            "Conv2d(4, 3), Flatten, Softmax", "20, 20", "softmax1 of 'From' reads a flattened map of 4×10×10, whose elements are no channels; put it before [Flatten] or behind a [Linear]"),
        Refused(
            "Flatten, PReLU, Linear(3)", "20, 20", "prelu1 of 'From' reads a flattened map of 2×12×12, whose elements are no channels; put it before [Flatten] or behind a [Linear]"),
        Refused(
            "AdaptiveAvgPool2d(5), Linear(3)", "20, 20", "pool1 of 'From' divides 12×12 into windows that are not all alike; use a pool with a stride, or one to 1×1"),
        Refused(
            "AdaptiveMaxPool2d(5, 12), Linear(3)", "20, 20", "pool1 of 'From' divides 12×12 into windows that are not all alike; use a pool with a stride, or one to 1×1"),
        Refused(
            "MaxPool2d(5, CeilMode = true), Linear(3)",
            "20, 20",
            "pool1 of 'From' rounds up: its last window reaches beyond the map of 12×12, where the image goes on; leave CeilMode out"),
        Refused(
            "Upsample(2, Mode = UpsampleMode.Bilinear, AlignCorners = true), Linear(3)",
            "20, 20",
            "upsample1 of 'From' aligns the corners of a window's map, which the image's lacks; leave AlignCorners out"),
        Refused(
            "Upsample(2), Linear(3)",
            "20, 20",
            "upsample1 of 'From' upsamples, and what follows leaves results of no window between those of windows; upsample last, or not at all"),
        Refused(
            "Conv2d(4, 3, Name = \"map\"), GlobalAvgPool2d, Sigmoid, Multiply(\"map\"), Linear(3)",
            "20, 20",
            "multiply1 of 'From' multiplies a map of 10×10 by numbers of its own window, which are others for every window"),
        Refused(
            "Conv2d(4, 3), Flatten(Name = \"a\"), Linear(5, From = \"input\"), Concat(\"a\"), Linear(3)",
            "20, 20",
            "concat1 of 'From' joins vectors of maps of 1×1 and 10×10, which have no map in common"),
        Refused(
            "Conv2d(4, 6, Stride = 6, Name = \"a\"), Conv2d(4, 11, From = \"input\"), Add(\"a\"), Linear(3)",
            "20, 20",
            "add1 of 'From' joins maps of different strides, whose elements part when the window moves; give the branches the same strides, and pool "
            + "over a whole map with [GlobalAvgPool2d] or [GlobalMaxPool2d]"),
        Refused(
            "Conv2d(4, 3), Flatten",
            "20, 20",
            "flatten1 of 'From' gives a flattened map of 4×10×10 for each window; end with a [Linear] or a pool over the whole map, or leave [Flatten] out"),
        new(
            FromLayers("[|", "Conv2d(4, 1, Stride = 2, Name = \"a\"), Conv2d(4, 2, Stride = 2, From = \"input\"), Add(\"a\"), Linear(3)", "21, 20", "|]"),
            "NETGEN127: add1 of 'From' would join 4×10×10 of 'conv2' and 4×11×10 of 'a', since strides leave another rest in each branch; they agree with a "
            + "height of 20 or 22"),
        new(
            FromLayers("[|", "Conv2d(4, 1, Stride = 3, Name = \"a\"), Conv2d(4, 3, Stride = 3, From = \"input\"), Add(\"a\"), Linear(3)", "19, 20", "|]"),
            "NETGEN127: add1 of 'From' would join 4×6×6 of 'conv2' and 4×7×7 of 'a', since strides leave another rest in each branch; they agree with a "
            + "height of 18 or 21 and a width of 18 or 21"),
        new(FromLayers("[|", "Conv2d(4, 3, Padding = 1), Linear(3)", "20, 20", "|]"), Padded("conv1")),
        new(
            FromLayers("[|", "Pad(1), Conv2d(4, 3, SamePadding = true), MaxPool2d(3, Stride = 1, Padding = 1), AvgPool2d(3, Stride = 1, Padding = 1), Upsample(2, Mode = UpsampleMode.Bilinear), "
                + "ConvTranspose2d(4, 3), Conv2d(4, 2, Stride = 2), Linear(3)", "20, 20", "|]"),
            Padded("pad1, conv1, pool1, pool2 and 2 more layers")),
        new(
            FromLayers("[|", "ReLU, Linear(3)", "20000, 20000", "|]"),
            "NETGEN129: [Input] of 'From' would be 2×20000×20000, 6,400,000,000 floats with channels and rows in blocks of 16, and a value must stay below "
            + "268,435,456; use a smaller height or width"),
        new(
            FromLayers("[|", "Conv2d(64, 1), Linear(3)", "3000, 3000", "|]"),
            "NETGEN129: conv1 of 'From' would be 64×3000×3000, 577,536,000 floats with channels and rows in blocks of 16, and a value must stay below "
            + "268,435,456; use a smaller height or width"),
        new(
            FromLayers("[|", "Conv2d(16, 1), ReLU, ReLU, Linear(3)", "3200, 3200", "|]"),
            "NETGEN129: relu2 of 'From' brings the values of one image to 655,360,000 floats, and a network can have 536,870,912; use a smaller height or width"),
        new(
            FromLayers("[|", "Conv2d(2, 3, Padding = 10, StrideH = 1, StrideW = 12), Linear(3)", "12, 268435440", "|]"),
            "NETGEN129: [Input] of 'From' would be 2×12×268435440, 51,539,604,480 floats with channels and rows in blocks of 16, and a value must stay below "
            + "268,435,456; use a smaller height or width"),
    };

    [Theory]
    [MemberData(nameof(Attributes))]
    [MemberData(nameof(Layers))]
    public void A_mistake_is_reported_where_it_is_made(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);

    [Fact]
    public void A_layer_too_large_to_be_unrolled_is_named_on_both_networks()
    {
        var compilation = TestCompilation.Create("""
            using NetGen;
            [Network(Unroll = Unroll.Full, Training = false), Input(2000, 1, 1), Linear(2)] partial class From;
            [FullyConvolutional(typeof(From), 2, 2)] partial class Net;
            """);
        Diagnostic[] tooLarge = [.. AnalyzerRun.Of(compilation)];
        Assert.All(tooLarge, diagnostic => Assert.StartsWith("NETGEN071: fc1 ", AnalyzerRun.Show(diagnostic), StringComparison.Ordinal));
        Assert.Equal(
            ["Linear(2)", "FullyConvolutional(typeof(From), 2, 2)"],
            tooLarge.Select(diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)));
    }

    [Theory]
    [InlineData("Conv2d(4, 3), ReLU, MaxPool2d(2), Linear(3), Softmax", "31, 27")]
    [InlineData("MaxPool2d(3, CeilMode = true), ConvTranspose2d(4, 2, Stride = 2), MaxPool2d(2)", "20, 20")]
    [InlineData("Upsample(2), ReLU", "20, 20")]
    [InlineData("AdaptiveAvgPool2d(12), AdaptiveMaxPool2d(4)", "20, 20")]
    public void What_is_the_same_for_every_window_is_no_mistake(string layers, string size) => AnalyzerRun.Expect(FromLayers("", layers, size, ""));

    [Theory]
    [InlineData("Input(1, 8, 8), [|Conv2d(2, 9)|], Linear(3)", "NETGEN034: kernel 9 is larger than the padded input 8×8 of conv1; the largest kernel is 8 (input 1×8×8)")]
    [InlineData("Input(1, 8, 8), [|Conv2d(2, 0)|]", "NETGEN031: conv1: kernelSize is 0; it must be at least 1 (input 1×8×8)")]
    public void A_mistake_in_the_source_is_reported_there_alone(string layers, string expected) => AnalyzerRun.Expect(
        $"using NetGen; [Network, {layers}] partial class From; [FullyConvolutional(typeof(From), 4, 4)] partial class Net;", expected);

    [Fact]
    public void Layers_of_the_source_on_another_part_are_reported_there_alone() => AnalyzerRun.Expect(
        "using NetGen; [Network, Input(1, 8, 8), ReLU] partial class From; [[|Linear(3)|]] partial class From; [FullyConvolutional(typeof(From), 4, 4)] partial class Net;",
        "NETGEN010: [Linear] stands on another part of 'From' than [Network], and the order across parts is not defined; move it to the declaration that carries [Network]");

    [Theory]
    [InlineData("[FullyConvolutional(typeof(Missing), 20, 20)]")]
    [InlineData("[FullyConvolutional(typeof(Source))]")]
    [InlineData("[FullyConvolutional(typeof(Source), 20, \"20\")]")]
    [InlineData("[FullyConvolutional(typeof(Source), 20, 20, Depth = 3)]")]
    public void What_does_not_compile_is_left_to_the_compiler(string attribute)
    {
        var compilation = TestCompilation.Create($"using NetGen; {attribute} partial class Net;{Source}");
        Assert.Empty(AnalyzerRun.Of(compilation));
        Assert.Equal(
            TestCompilation.ErrorsOf(compilation).Select(error => error.ToString()),
            TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output).Select(error => error.ToString()));
    }

    [Fact]
    public void The_warning_of_an_unoptimised_build_stands_on_the_attribute() => AnalyzerRun.Expect(
        Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest,
        OptimizationLevel.Debug,
        "using NetGen; [[|FullyConvolutional(typeof(From), 9, 9)|]] partial class Net; [[|Network|], Input(1, 8, 8), ReLU] partial class From;",
        Unoptimised("Net"),
        Unoptimised("From"));

    private static DiagnosticCase Derived(string source, params string[] expected) => new("using NetGen;\n" + source + Source, expected);

    private static DiagnosticCase Refused(string layers, string size, string expected) => new(FromLayers("[|", layers, size, "|]"), "NETGEN126: " + expected);

    private static string FromLayers(string begin, string layers, string size, string end) =>
        $"using NetGen;\n[Network(Training = false, Unroll = Unroll.Compact), Input(2, 12, 12), {layers}] partial class From; [{begin}FullyConvolutional(typeof(From), {size}){end}] partial class Net;";

    private static string NoNetwork(string type) => $"NETGEN120: '{type}' is no network to derive from: put [Network] and layers on it, or name another class";

    private static string HasLayers(string layer) =>
        $"NETGEN122: [{layer}] has no place on 'Net', whose layers are those of the network that it is derived from; remove it, or declare [Network] in place of [FullyConvolutional]";

    private static string Padded(string layers) =>
        $"NETGEN128: 'From' goes beyond the edge in {layers}: at the border of a window it sees padding there, and this network what the image has, so that scores differ from "
        + "those of windows; declare the source without padding for equal ones, or disable this warning";

    private static string Unoptimised(string network) =>
        $"NETGEN070: Network '{network}' runs some twenty times slower in an unoptimised build; set <Optimize>true</Optimize> in the project file, or build with '-c Release'";
}
