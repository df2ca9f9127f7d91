using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in blocks and in their uses.</summary>
public class BlockDiagnosticsTests
{
    private const string Known = "what depends on a parameter is made of int constants with + - * / %, shifts, bit operations, comparisons, && || ! and ?:";

    private const string Pairs = "its parameters are names and values in turn, as in [Use(typeof(Stage), \"Repeats\", 2)], and one is without the other";

    /// <summary>What is wrong with a block whatever its use is reported on its own attributes, and there only.</summary>
    public static TheoryData<DiagnosticCase> Blocks => new()
    {
        Faulty(
            "[Block, [|Input(4)|], ReLU] class Faulty;",
            "NETGEN091: [Input] has no place on the block 'Faulty', which is only layers; put it on the network that uses the block"),
        Faulty(
            "[Block, ReLU, [|Loss(Loss.L1)|]] class Faulty;",
            "NETGEN091: [Loss] has no place on the block 'Faulty', which is only layers; put it on the network that uses the block"),
        Faulty(
            "[Block, [|Network|], Input(4), ReLU] partial class Faulty;",
            "NETGEN091: [Network] has no place on the block 'Faulty', which is only layers; put it on the network that uses the block"),
        Faulty(
            "[[|Block|]] class Faulty { const int Width = 3; }",
            "NETGEN092: The block 'Faulty' has no layers; add some below [Block], for instance [Conv2d(Width, 3, Padding = 1), ReLU]"),
        Faulty(
            "[Block, ReLU] partial class Faulty; [[|Tanh|], ReLU] partial class Faulty;",
            "NETGEN010: [Tanh] stands on another part of 'Faulty' than [Block], and the order across parts is not defined; move it to the declaration that carries [Block]"),
        Faulty("[Block, [|Use(typeof(string))|]] class Faulty;", "NETGEN093: block1: 'String' is no block; put [Block] and layers on it, or name another class"),
        Faulty("[Block, [|Use(typeof(Sound), Stride = 2, Name = \"a\")|]] class Faulty;", Unknown("a", "Sound", "Stride", "Width, Rate")),
        Faulty("[Block, [|Use(typeof(Sound), \"width\", 2)|]] class Faulty;", Unknown("block1", "Sound", "width", "Width, Rate")),
        Faulty("[Block, [|Use(typeof(Sound), \"Width\")|]] class Faulty;", $"NETGEN096: block1: {Pairs}"),
        Faulty("[Block, [|Use(typeof(Faulty))|], ReLU] class Faulty;", Recursion("block1", "Faulty → Faulty")),
        Faulty(
            "[Block, ReLU, [|Use(typeof(Other), Name = \"o\")|]] class Faulty; [Block, [|Use(typeof(Third), Repeat = 0)|]] class Other; [Block, [|Use(typeof(Faulty))|]] class Third;",
            Recursion("o", "Faulty → Other → Third → Faulty"),
            Recursion("block1", "Other → Third → Faulty → Other"),
            Recursion("block1", "Third → Faulty → Other → Third")),
        Faulty(
            "[Block, [|Linear((int)(Width * 1.5))|]] class Faulty { const int Width = 4; }",
            $"NETGEN098: [Linear]: outFeatures = (int)(Width * 1.5) cannot be followed; {Known}"),
        Faulty(
            "[Block, [|Dropout(1.0 / Width)|]] class Faulty { const int Width = 4; }",
            $"NETGEN098: [Dropout]: probability = 1.0 / Width cannot be followed; {Known}"),
        Faulty(
            "[Block, [|Dropout(Rate)|]] class Faulty { const int Width = 4; const double Rate = 1.0 / Width; }",
            $"NETGEN098: [Dropout]: probability = Rate cannot be followed; {Known}"),
        Faulty(
            "[Block, ReLU(Name = \"a\"), [|Add(Width > 3 ? \"a\" : \"input\")|]] class Faulty { const int Width = 4; }",
            $"NETGEN098: [Add]: layers = Width > 3 ? \"a\" : \"input\" cannot be followed; {Known}"),
        Faulty(
            "[Block, Linear(Out)] class Faulty { const int Width = 4; const int Out = [|(int)(Width * 1.5)|]; }",
            $"NETGEN098: Faulty: Out = (int)(Width * 1.5) cannot be followed; {Known}"),
        Faulty(
            "[Block, ReLU, [|ReLU(From = \"conv1\")|], Conv2d(1, 1)] class Faulty;",
            "NETGEN053: relu2: 'conv1' comes after it; a layer reads only what stands before it"),
        Faulty("[Block, ReLU, [|Add(\"stem\")|]] class Faulty;", "NETGEN052: add1: no layer is named 'stem'; before it there are 'input', 'relu1'"),
        Faulty(
            "[Block, [|Use(typeof(Sound), From = \"x\")|], ReLU] class Faulty;",
            "NETGEN052: block1: no layer is named 'x'; before it there are 'input'"),
        Faulty("[Block, ReLU(Name = \"a\"), [|ReLU(Name = \"a\")|]] class Faulty;", "NETGEN050: The name 'a' is already that of layer 1, [ReLU]; choose another"),
        Faulty(
            "[Block, [|Use(typeof(Sound), Name = \"a.*.*\")|]] class Faulty;",
            "NETGEN051: The name 'a.*.*' is not valid: it has several '*', and one stands for the index; "
                + "names are segments of ASCII letters, digits, '_' and '-' with dots between them, such as 'conv1' or 'features.0'"),
        Faulty("[Block, [|Conv2d(0, 1)|]] class Faulty;", "NETGEN031: conv1: outChannels is 0; it must be at least 1"),
    };

    /// <summary>What depends on the use is reported on the network's own attribute.</summary>
    public static TheoryData<DiagnosticCase> Uses => new()
    {
        Used("[|Use(typeof(Net))|]", "", "NETGEN093: block1: 'Net' is no block; put [Block] and layers on it, or name another class"),
        Used("[|Use(typeof(int[]), Name = \"a\")|]", "", "NETGEN093: a: 'int[]' is no block; put [Block] and layers on it, or name another class"),
        Used("[|Use(null!)|]", "", "NETGEN093: block1: 'null' is no block; put [Block] and layers on it, or name another class"),
        Used("[|Use(typeof(Sound), Expansion = 2)|]", "", Unknown("block1", "Sound", "Expansion", "Width, Rate")),
        Used("[|Use(typeof(Sound), \"Label\", 2)|]", "", Unknown("block1", "Sound", "Label", "Width, Rate")),
        Used(
            "[|Use(typeof(Bare), Width = 2)|]",
            "[Block, ReLU] class Bare;",
            "NETGEN095: block1: the block 'Bare' has no parameter 'Width'; it has none; declare a 'const int' in its class"),
        Used("[|Use(typeof(Sound), \"Width\", 1, \"Rate\")|]", "", $"NETGEN096: block1: {Pairs}"),
        Used("[|Use(typeof(Sound), 3, 4)|]", "", "NETGEN096: block1: parameter 1 has no name; write its name as a string before the value"),
        Used("[|Use(typeof(Sound), \"Width\", 4L)|]", "", "NETGEN096: block1: the value of 'Width' is no int; parameters are integers"),
        Used("[|Use(typeof(Sound), \"Width\", \"4\")|]", "", "NETGEN096: block1: the value of 'Width' is no int; parameters are integers"),
        Used("[|Use(typeof(Sound), \"Width\", 4, Width = 5)|]", "", "NETGEN096: block1: Width is given twice; remove one of them"),
        Used("[|Use(typeof(Sound), Repeat = -1)|]", "", "NETGEN096: block1: Repeat is -1; it must be at least 0"),
        Used("[|Use(typeof(Sound), First = -2, Name = \"a\")|]", "", "NETGEN096: a: First is -2; it must be at least 0"),
        Used(
            "[|Use(typeof(Outer), \"N\", -2, Name = \"a\")|]",
            "[Block, Use(typeof(Sound), Repeat = N, Name = \"b\")] class Outer { const int N = 1; }",
            "NETGEN096: a.b in block Outer: Repeat is -2; it must be at least 0"),
        Used(
            "[|Use(typeof(Wide), \"N\", 1 << 30)|]",
            "[Block, Conv2d(N * 4, 1)] class Wide { const int N = 4; }",
            "NETGEN098: block1.conv1 in block Wide: outChannels = N * 4 is too large for an int with N = 1073741824"),
        Used("[|Use(typeof(Sound), \"Rate\", 0)|]", "", "NETGEN098: block1.conv2 in block Sound: Groups = 4 / Rate divides by zero with Rate = 0"),
        Used(
            "[|Use(typeof(Derived), Width = int.MinValue)|]",
            "[Block, Linear(Next)] class Derived { const int Width = 4, Next = -Width; }",
            "NETGEN098: block1: Next = -Width is too large for an int with Width = -2147483648"),
        Used("[|Use(typeof(Sound), Repeat = int.MaxValue)|]", "", "NETGEN099: block1 brings the network to more layers than it can have, 4,096; use fewer blocks or a smaller Repeat"),
        Used(
            "[|Use(typeof(Nothing), Repeat = 5000)|]",
            "[Block, Use(typeof(Sound), Repeat = 0)] class Nothing;",
            "NETGEN099: block1 brings the network to more layers than it can have, 4,096; use fewer blocks or a smaller Repeat"),
        Used(
            "[|[|Use(typeof(Sound), Width = 0)|]|]",
            "",
            "NETGEN031: block1.conv1 in block Sound: outChannels is 0; it must be at least 1 (input 4×8×8)",
            "NETGEN031: block1.conv2 in block Sound: outChannels is 0; it must be at least 1"),
        Used(
            "Use(typeof(Large), Repeat = 2), [|Use(typeof(Large), Name = \"last\")|]",
            "[Block, Conv2d(4, 4)] class Large;",
            "NETGEN034: kernel 4 is larger than the padded input 2×2 of last.conv1 in block Large; the largest kernel is 2 (input 4×2×2)"),
        Used(
            "Conv2d(5, 1), [|Use(typeof(Residual))|]",
            "[Block, Conv2d(4, 1), Add(\"input\")] class Residual;",
            "NETGEN055: block1.add1 in block Residual: 4×8×8 of 'block1.conv1' and 5×8×8 of 'conv1' cannot be added; their shapes must be equal"),
        Used(
            "[|Use(typeof(Idle))|]",
            "[Block, Conv2d(4, 1), ReLU(From = \"input\")] class Idle;",
            "NETGEN054: block1.conv1 in block Idle: nothing reads its result; name it in the From of a later layer or in a join, or remove it (input 4×8×8)"),
        Used(
            "Use(typeof(Sound), Name = \"a\"), [|[|[|Use(typeof(Sound), Name = \"a\")|]|]|]",
            "",
            "NETGEN050: The name 'a.conv1' is already that of a layer of block Sound; choose another",
            "NETGEN050: The name 'a.conv2' is already that of a layer of block Sound; choose another",
            "NETGEN050: The name 'a.relu1' is already that of a layer of block Sound; choose another"),
        Used("ReLU(Name = \"a.conv1\"), [|Use(typeof(Sound), Name = \"a\")|]", "", "NETGEN050: The name 'a.conv1' is already that of another layer; choose another"),
        Used("ReLU, [|Use(typeof(Sound), Name = \"relu1\")|]", "", "NETGEN050: The name 'relu1' is already that of layer 1, [ReLU]; choose another"),
        Used("Use(typeof(Sound), Name = \"a\"), [|Add(\"a.conv9\")|]", "", "NETGEN052: add1: no layer is named 'a.conv9'; before it there are 'a.conv1', 'a.conv2', 'a.relu1' (input 16×8×8)"),
        Used("[|ReLU(From = \"a\")|], Use(typeof(Sound), Name = \"a\")", "", "NETGEN053: relu1: 'a' comes after it; a layer reads only what stands before it"),
        Used(
            "[|Use(typeof(Reads), \"N\", 1)|]",
            "[Block, Use(typeof(Sound), Repeat = N, Name = \"s\"), Add(\"s.1.relu1\")] class Reads { const int N = 2; }",
            "NETGEN052: block1.add1 in block Reads: no layer is named 's.1.relu1'; before it there are 'input', 's.0', 's' (input 16×8×8)"),
        Used(
            "[|Use(typeof(Soft))|], Loss(Loss.CrossEntropy), Linear(3)",
            "[Block, Linear(4), Softmax] class Soft;",
            "NETGEN060: block1.softmax1 in block Soft is followed by fc1, and the loss CrossEntropy needs logits; make [Softmax] the last layer or remove it"),
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    [MemberData(nameof(Uses))]
    public void A_mistake_is_reported_where_it_is_made(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);

    [Fact]
    public void A_network_of_nothing_is_empty() => AnalyzerRun.Expect(
        "using NetGen; [[|Network|], Input(4), Use(typeof(Some), Repeat = 0)] partial class Net; [Block, ReLU] class Some;",
        "NETGEN022: The network has no layers; add some below [Network], for instance [Linear(10), Softmax]");

    [Fact]
    public void Blocks_that_use_blocks_without_end_are_no_danger()
    {
        // Each uses the next twice: a million layers if it were followed.
        string blocks = string.Concat(Enumerable.Range(0, 20).Select(i =>
            $"[Block, Use(typeof(B{i + 1}), Name = \"a\"), Use(typeof(B{i + 1}), Name = \"b\")] class B{i};\n"));
        Diagnostic[] diagnostics = AnalyzerRun.Of(TestCompilation.Create($"using NetGen; [Network, Input(4), Use(typeof(B0))] partial class Net;\n{blocks}[Block, ReLU] class B20;"));
        Assert.All(diagnostics, diagnostic => Assert.Equal("NETGEN099", diagnostic.Id));
        Assert.NotEmpty(diagnostics);
    }

    [Fact]
    public void A_network_uses_only_so_many_blocks()
    {
        string blocks = string.Concat(Enumerable.Range(0, 80).Select(i => $"[Block, Use(typeof(B{i + 1}))] class B{i};\n"));
        GeneratorRun run = GeneratorRun.Of($"using NetGen; [Network, Input(4), Use(typeof(B0), Name = \"x\")] partial class Net;\n{blocks}[Block, ReLU] class B80;");
        Diagnostic[] diagnostics = AnalyzerRun.Of(run);
        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.EndsWith("brings the network to more blocks than it can have, 64; use fewer blocks or a smaller Repeat", AnalyzerRun.Show(diagnostic), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Block, Conv2d(Width, 1)] class Later { public const int Width = 0; }")]
    [InlineData("[Block, Use(typeof(Sound), Repeat = N)] class Later { public const int N = -1; }")]
    [InlineData("[Block, Use(typeof(Sound), Repeat = N, Name = \"s\"), Add(\"s.4.relu1\")] class Later { public const int N = 2; }")]
    [InlineData("[Block, Use(typeof(Sound), Repeat = 2, Name = \"s\"), Use(typeof(Sound), First = N, Name = \"s\")] class Later { public const int N = 1; }")]
    [InlineData("[Block, Use(typeof(Sound), Name = \"a\"), Use(typeof(Sound), Name = \"b\"), Concat(\"a\", \"a.conv1\", \"b.conv2\")] class Later;")]
    public void What_depends_on_the_use_is_no_mistake_of_the_block(string block) => AnalyzerRun.Expect("using NetGen;\n" + block + Sound);

    [Theory]
    [InlineData("[Block, Conv2d(2)] class Faulty;")]
    [InlineData("[Block, Linear(Missing)] class Faulty;")]
    [InlineData("[Block, Use(typeof(Missing))] class Faulty;")]
    [InlineData("[Block, Use(typeof(Sound), Repeats = 2)] class Faulty;")]
    [InlineData("[Block, Linear(A)] class Faulty { const int A = B, B = A; }")]
    [InlineData("[Block, Lineer(4)] class Faulty;")]
    [InlineData("[Block, Linear(1 / (Width - 4))] class Faulty { const int Width = 4; }")]
    [InlineData("[Block, ReLU(3)] struct Faulty;")]
    public void What_does_not_compile_is_left_to_the_compiler(string block)
    {
        var compilation = TestCompilation.Create("using NetGen; [Network, Input(4), Use(typeof(Faulty)), Conv2d(2, 2)] partial class Net;\n" + block + Sound);
        Assert.Empty(AnalyzerRun.Of(compilation));
        Assert.Equal(
            TestCompilation.ErrorsOf(compilation).Select(error => error.ToString()),
            TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output).Select(error => error.ToString()));
    }

    private static string Sound => """

        [Block, Conv2d(Width, 1), Conv2d(Width * 4, 1, Groups = 4 / Rate), ReLU] class Sound { public const int Width = 4; public const int Rate = 1; const string Label = ""; }
        """;

    /// <summary>A block with a mistake; the network that uses it says nothing more.</summary>
    private static DiagnosticCase Faulty(string block, params string[] expected) =>
        new("using NetGen; [Network, Input(4, 8, 8), Use(typeof(Faulty)), Conv2d(3, 9)] partial class Net;\n" + block + Sound, expected);

    private static DiagnosticCase Used(string layers, string blocks, params string[] expected) =>
        new($"using NetGen; [Network, Input(4, 8, 8), {layers}] partial class Net;\n{blocks}{Sound}", expected);

    private static string Unknown(string use, string block, string parameter, string known) =>
        $"NETGEN095: {use}: the block '{block}' has no parameter '{parameter}'; it has {known}, the 'const int' members of its class";

    private static string Recursion(string use, string path) =>
        $"NETGEN097: {use}: the block would be in itself without end, {path}; remove one of these uses";
}
