using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Diagnostics.DiagnosticCase;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in layers: each on its attribute, with the shape there and what would fit.</summary>
public class LayerDiagnosticsTests
{
    public static TheoryData<DiagnosticCase> Arguments => new()
    {
        Network("[Input(3, 8, 8), [|Conv2d(0, 3)|]]", "NETGEN031: conv1: outChannels is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Conv2d(4, -3)|]]", "NETGEN031: conv1: kernelSize is -3; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Conv2d(4, 3, 0)|]]", "NETGEN031: conv1: kernelWidth is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Conv2d(4, 3, Stride = 0)|]]", "NETGEN031: conv1: Stride is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Conv2d(4, 3, DilationH = 0)|]]", "NETGEN031: conv1: DilationH is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Conv2d(4, 3, Groups = -1)|]]", "NETGEN031: conv1: Groups is -1; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|MaxPool2d(0)|]]", "NETGEN031: pool1: kernelSize is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|AvgPool2d(2, StrideW = 0)|]]", "NETGEN031: pool1: StrideW is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|AdaptiveAvgPool2d(0)|]]", "NETGEN031: pool1: outputSize is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|AdaptiveMaxPool2d(2, -1)|]]", "NETGEN031: pool1: outputWidth is -1; it must be at least 1 (input 3×8×8)"),
        Network(
            "[Input(8), [|LayerNorm(Epsilon = 0)|]]",
            "NETGEN101: ln1: Epsilon is 0; it must be above 0 and finite in float32, as a rule the default 1e-5 (input 8)"),
        Network(
            "[Input(8), [|LayerNorm(Epsilon = 1e-50)|]]",
            "NETGEN101: ln1: Epsilon is 1E-50; it must be above 0 and finite in float32, as a rule the default 1e-5 (input 8)"),
        Network(
            "[Input(8), [|LayerNorm(Over = (LayerNormAxes)2)|]]",
            "NETGEN102: ln1: Over is 2; it can be LayerNormAxes.All or LayerNormAxes.Channels (input 8)"),
        Network("[Input(3, 8, 8), [|LocalResponseNorm(0)|]]", "NETGEN031: lrn1: size is 0; it must be at least 1 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|[|[|LocalResponseNorm(5, Alpha = -1, Beta = double.NaN, K = 0)|]|]|]]",
            "NETGEN103: lrn1: Alpha is -1; it must be at least 0 and finite in float32 (input 3×8×8)",
            "NETGEN103: lrn1: Beta is NaN; it must be at least 0 and finite in float32 (input 3×8×8)",
            "NETGEN103: lrn1: K is 0; it must be above 0 and finite in float32 (input 3×8×8)"),
        Network("[[|Input(3, 0, 8)|], ReLU]", "NETGEN031: [Input]: height is 0; it must be at least 1"),
        Network("[[|Input(-4)|], ReLU]", "NETGEN031: [Input]: length is -4; it must be at least 1"),
        Network("[Input(3, 8, 8), [|Conv2d(4, 3, Padding = -1)|]]", "NETGEN032: conv1: Padding is -1; it must be at least 0 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|MaxPool2d(2, PaddingW = -2)|]]", "NETGEN032: pool1: PaddingW is -2; it must be at least 0 (input 3×8×8)"),
        Network("[Input(9), [|Linear(0)|]]", "NETGEN033: fc1: [Linear(0)] would have no output; it takes at least 1 (input 9)"),
        Network(
            "[Input(3, 8, 8), [|Conv2d(4, 3, Stride = 2, StrideH = 1)|]]",
            "NETGEN030: conv1: Stride and StrideH contradict each other; set one of them (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Conv2d(4, 3, SamePadding = true, Padding = 1)|]]",
            "NETGEN030: conv1: SamePadding and Padding contradict each other; set one of them (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|MaxPool2d(2, Stride = 2, StrideW = 2)|]]",
            "NETGEN030: pool1: Stride and StrideW contradict each other; set one of them (input 3×8×8)"),
        Network(
            "[Input(9), [|Dropout(1)|], Linear(2)]",
            "NETGEN038: dropout1: the probability 1 of being zeroed must be at least 0 and below 1 (input 9)"),
        Network(
            "[Input(9), [|Dropout(-0.5)|], Linear(2)]",
            "NETGEN038: dropout1: the probability -0.5 of being zeroed must be at least 0 and below 1 (input 9)"),
        Network(
            "[Input(9), [|Dropout(double.NaN)|], Linear(2)]",
            "NETGEN038: dropout1: the probability NaN of being zeroed must be at least 0 and below 1 (input 9)"),
        Network("[Input(9), [|LeakyReLU(-0.1)|]]", "NETGEN039: relu1: the slope -0.1 must be finite and at least 0 (input 9)"),
        Network(
            "[Input(9), [|LeakyReLU(double.PositiveInfinity)|]]",
            "NETGEN039: relu1: the slope Infinity must be finite and at least 0 (input 9)"),
        Network("[Input(9), [|ELU(-0.1)|]]", "NETGEN080: elu1: alpha is -0.1; it must be at least 0 and finite in float32 (input 9)"),
        Network("[Input(9), [|ELU(1e300)|]]", "NETGEN080: elu1: alpha is 1E+300; it must be at least 0 and finite in float32 (input 9)"),
        Network("[Input(9), [|ELU(double.NaN)|]]", "NETGEN080: elu1: alpha is NaN; it must be at least 0 and finite in float32 (input 9)"),
        Network(
            "[Input(9), [|GELU(Approximation = (GeluApproximation)2)|]]",
            "NETGEN081: gelu1: Approximation is 2; it can be GeluApproximation.None or GeluApproximation.Tanh (input 9)"),
        Network("[Input(9), [|Scale(InitialValue = double.NaN)|]]", "NETGEN105: scale1: InitialValue is NaN; it must be finite in float32, as a rule the default 1 (input 9)"),
        Network("[Input(9), Linear(4), [|Scale(Name = \"fc1.weight\")|]]", "NETGEN050: The name 'fc1.weight' is already that of a parameter of 'fc1'; choose another"),
        Network("[Input(9), [|Softplus(0)|]]", "NETGEN082: softplus1: beta is 0; it must be above 0 and finite in float32 (input 9)"),
        Network("[Input(9), [|Softplus(1e-60)|]]", "NETGEN082: softplus1: beta is 1E-60; it must be above 0 and finite in float32 (input 9)"),
        Network(
            "[Input(9), [|[|Softplus(double.PositiveInfinity, double.NaN)|]|]]",
            "NETGEN082: softplus1: beta is Infinity; it must be above 0 and finite in float32 (input 9)",
            "NETGEN083: softplus1: threshold is NaN; it must be a number, as a rule the default 20 (input 9)"),
        Network(
            "[Input(2, 3, 3), [|BatchNorm2d(Epsilon = 0)|]]",
            "NETGEN101: bn1: Epsilon is 0; it must be above 0 and finite in float32, as a rule the default 1e-5 (input 2×3×3)"),
        Network(
            "[Input(2, 3, 3), [|[|BatchNorm2d(Epsilon = double.NaN, Momentum = 1.5)|]|]]",
            "NETGEN101: bn1: Epsilon is NaN; it must be above 0 and finite in float32, as a rule the default 1e-5 (input 2×3×3)",
            "NETGEN104: bn1: Momentum is 1.5; it is the share of a batch in the running averages, from 0 to 1, as a rule the default 0.1 (input 2×3×3)"),
    };

    public static TheoryData<DiagnosticCase> Shapes => new()
    {
        Network(
            """
            [Input(1, 28, 28)]
            [Conv2d(6, 5), MaxPool2d(2)]
            [Conv2d(16, 5, Stride = 2), ReLU]
            [[|Conv2d(32, 7, Padding = 0)|]]
            [Linear(10), Softmax]
            """,
            "NETGEN034: kernel 7 is larger than the padded input 4×4 of conv3; the largest kernel is 4 (input 16×4×4)"),
        Network(
            "[Input(3, 3, 9), [|Conv2d(4, 7, Padding = 1)|]]",
            "NETGEN034: kernel 7 is larger than the padded input 5×11 of conv1; the largest kernel is 5 (input 3×3×9)"),
        Network(
            "[Input(3, 3, 9), [|Conv2d(4, 7, 2)|]]",
            "NETGEN034: kernel 7×2 is larger than the padded input 3×9 of conv1; the largest kernel is 3×9 (input 3×3×9)"),
        Network(
            "[Input(3, 6, 6), [|Conv2d(4, 4, Dilation = 2)|]]",
            "NETGEN034: kernel 4 with dilation 2, which spans 7, is larger than the padded input 6×6 of conv1; the largest kernel is 3 (input 3×6×6)"),
        Network(
            "[Input(3, 3, 3), [|MaxPool2d(4)|]]",
            "NETGEN034: kernel 4 is larger than the padded input 3×3 of pool1; the largest kernel is 3 (input 3×3×3)"),
        Network(
            "[Input(8, 8, 8), [|Conv2d(12, 3, Groups = 3)|]]",
            "NETGEN035: conv1: 3 groups do not divide the 8 input channels; what divides the channels on both sides is 1, 2, 4 (input 8×8×8)"),
        Network(
            "[Input(8, 8, 8), [|Conv2d(10, 3, Groups = 4)|]]",
            "NETGEN036: conv1: 4 groups do not divide the 10 output channels; 8 or 12 would fit (input 8×8×8)"),
        Network(
            "[Input(8, 8, 8), [|Conv2d(4, 3, Groups = 8)|]]",
            "NETGEN036: conv1: 8 groups do not divide the 4 output channels; the fewest are 8 (input 8×8×8)"),
        Network(
            "[Input(8, 8, 8), [|MaxPool2d(3, Padding = 2)|]]",
            "NETGEN037: pool1: padding 2 is more than half of the kernel 3; it can be at most 1 (input 8×8×8)"),
        Network(
            "[Input(8, 8, 8), [|AvgPool2d(2, 4, PaddingH = 2)|]]",
            "NETGEN037: pool1: padding 2×0 is more than half of the kernel 2×4; it can be at most 1×2 (input 8×8×8)"),
        Network(
            "[Input(8, 8, 8), Linear(12), [|Conv2d(4, 3)|]]",
            "NETGEN040: conv1: [Conv2d] needs a feature map (channels×height×width), and its input is a vector of 12; "
            + "put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]"),
        Network(
            "[Input(12), [|MaxPool2d(2)|]]",
            "NETGEN040: pool1: [MaxPool2d] needs a feature map (channels×height×width), and its input is a vector of 12; "
            + "put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]"),
        Network(
            "[Input(8, 8, 8), Flatten, [|GlobalAvgPool2d|]]",
            "NETGEN040: pool1: [GlobalAvgPool2d] needs a feature map (channels×height×width), and its input is a vector of 512; "
            + "put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]"),
    };

    public static TheoryData<DiagnosticCase> Sizes => new()
    {
        Network(
            "[[|Input(3, 100000, 100000)|], GlobalAvgPool2d]",
            "NETGEN041: [Input]: its result 3×100000×100000 would take 160,000,000,000 floats, with channels and rows in blocks of 16; "
            + "a value must stay below 268,435,456: use a larger stride, fewer channels or a smaller [Input]"),
        Network(
            "[[|Input(int.MaxValue, int.MaxValue, int.MaxValue)|], GlobalAvgPool2d]",
            "NETGEN041: [Input]: its result 2147483647×2147483647×2147483647 would take 9,223,372,036,854,775,807 floats, with channels and rows in "
            + "blocks of 16; a value must stay below 268,435,456: use a larger stride, fewer channels or a smaller [Input]"),
        Network(
            "[Input(3, 1024, 1024), [|Conv2d(256, 1)|], GlobalAvgPool2d]",
            "NETGEN041: conv1: its result 256×1024×1024 would take 268,435,456 floats, with channels and rows in blocks of 16; "
            + "a value must stay below 268,435,456: use a larger stride, fewer channels or a smaller [Input] (input 3×1024×1024)"),
        Network(
            "[Input(3, 8, 8), [|Conv2d(4, 3, Padding = 134217724, Stride = 100000000)|]]",
            "NETGEN042: conv1: its padded input would be 268435456×268435456; each side must stay below 268,435,456: use less padding (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Conv2d(4, 3, Dilation = int.MaxValue, SamePadding = true)|]]",
            "NETGEN042: conv1: its padded input would be 4294967302×4294967302; each side must stay below 268,435,456: use less padding (input 3×8×8)"),
        Network(
            "[Input(1, 1000, 1000), [|Linear(2148)|], ReLU, Linear(2)]",
            "NETGEN043: fc1 brings the network to 2,148,002,148 parameters, 2,160,002,160 floats in blocks of 16; a network can have 2,147,483,527: "
            + "use fewer channels or outputs, or pool before [Linear] (input 1000000)"),
        Network(
            "[Input(1, 1000, 1000), Linear(1000), [|Linear(2000000)|]]",
            "NETGEN043: fc2 brings the network to 3,002,001,000 parameters, 3,026,001,008 floats in blocks of 16; a network can have 2,147,483,527: "
            + "use fewer channels or outputs, or pool before [Linear] (input 1000)"),
        Network(
            "[Input(3, 1024, 1024), Conv2d(240, 1), ReLU, [|Tanh|], GlobalAvgPool2d]",
            "NETGEN044: tanh1 brings the values of one image to 771,751,936 floats; together they must stay below 536,870,912: "
            + "use larger strides, fewer channels or a smaller [Input] (input 240×1024×1024)"),
    };

    public static TheoryData<DiagnosticCase> Memory => new()
    {
        new(
            """
            using NetGen;

            [[|Network|]]
            [Input(3, 16, 16), Conv2d(1, 3, Padding = 65536, Stride = 30000), Linear(2)]
            partial class Net;
            """,
            "NETGEN045: The values, gradients and padded copies of Net take more floats than an array holds; "
            + "use larger strides, less dilation, fewer channels or a smaller [Input]"),
    };

    public static TheoryData<DiagnosticCase> Images => new()
    {
        Network(
            "[[|Input(3, 8, 8, Layout = (ImageLayout)2)|], Linear(2)]",
            "NETGEN046: The layout of images is 2; it can be ImageLayout.Chw or ImageLayout.Hwc"),
        Network(
            "[[|[|Input(3, 8, 8, Mean = new[] { 0.5, 0.5 }, Std = new double[0])|]|], Linear(2)]",
            "NETGEN047: Mean has 2 values; it takes one for all channels, or 3, one for each",
            "NETGEN047: Std has no values; it takes one for all channels, or 3, one for each"),
        Network(
            "[[|Input(3, 8, 8, Mean = new[] { 0.5, 0.5, double.NaN })|], Linear(2)]",
            "NETGEN048: Mean[2] is NaN; it must be a finite number, the mean of byte / 255"),
        Network(
            "[[|[|[|Input(3, 8, 8, Std = new[] { 0, -0.5, double.PositiveInfinity })|]|]|], Linear(2)]",
            "NETGEN049: Std[0] is 0; it must be positive and finite, the standard deviation of byte / 255",
            "NETGEN049: Std[1] is -0.5; it must be positive and finite, the standard deviation of byte / 255",
            "NETGEN049: Std[2] is Infinity; it must be positive and finite, the standard deviation of byte / 255"),
        Network(
            "[[|Input(3, 8, 8, Std = new[] { 1e-60 })|], Linear(2)]",
            "NETGEN049: Std is 1E-60; it must be positive and finite, the standard deviation of byte / 255"),
    };

    public static TheoryData<DiagnosticCase> Names => new()
    {
        Network(
            "[Input(4), Linear(3, Name = \"head\"), ReLU, [|Linear(2, Name = \"head\")|]]",
            "NETGEN050: The name 'head' is already that of layer 1, [Linear]; choose another"),
        Network(
            "[Input(4), [|Linear(3, Name = \"fc2\")|], ReLU, Linear(2)]",
            "NETGEN050: The name 'fc2' is already that of layer 3, [Linear]; choose another"),
        Network(
            "[Input(4), [|Linear(3, Name = \"\")|]]",
            "NETGEN051: The name '' is not valid: it is empty; names are segments of ASCII letters, digits, '_' and '-' with dots between them, "
            + "such as 'conv1' or 'features.0'"),
        Network(
            "[Input(4), [|Linear(3, Name = \"my layer\")|]]",
            "NETGEN051: The name 'my layer' is not valid: it has a ' '; names are segments of ASCII letters, digits, '_' and '-' with dots between "
            + "them, such as 'conv1' or 'features.0'"),
        Network(
            "[Input(4), [|Linear(3, Name = \"a..b\")|]]",
            "NETGEN051: The name 'a..b' is not valid: a dot needs a segment on both sides; names are segments of ASCII letters, digits, '_' and '-' "
            + "with dots between them, such as 'conv1' or 'features.0'"),
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    [MemberData(nameof(Shapes))]
    [MemberData(nameof(Sizes))]
    [MemberData(nameof(Memory))]
    [MemberData(nameof(Images))]
    [MemberData(nameof(Names))]
    public void A_mistake_is_reported_on_its_attribute(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        AnalyzerRun.Expect(
            TestCompilation.Network("""
                [Input(3, 16, 16)]
                [[|Conv2d(8, 3, Stride = 0)|], [|Dropout(2)|]]
                [[|Conv2d(8, 3, Padding = -1)|], ReLU]
                [[|[|Linear(0, Name = "a b")|]|], Softmax]
                """),
            "NETGEN031: conv1: Stride is 0; it must be at least 1 (input 3×16×16)",
            "NETGEN038: dropout1: the probability 2 of being zeroed must be at least 0 and below 1",
            "NETGEN032: conv2: Padding is -1; it must be at least 0",
            "NETGEN033: fc1: [Linear(0)] would have no output; it takes at least 1",
            "NETGEN051: The name 'a b' is not valid: it has a ' '; names are segments of ASCII letters, digits, '_' and '-' with dots between them, such as 'conv1' or 'features.0'");
    }

    [Fact]
    public void One_mistake_does_not_cause_others()
    {
        // Nothing is known of the shape behind the first pool, until a layer whose result does not depend on it.
        AnalyzerRun.Expect(
            TestCompilation.Network("""
                [Input(3, 16, 16)]
                [[|MaxPool2d(17)|]]
                [Conv2d(7, 9, Groups = 7)]
                [MaxPool2d(9)]
                [Linear(10), [|Conv2d(3, 3)|], Softmax]
                """),
            "NETGEN034: kernel 17 is larger than the padded input 16×16 of pool1; the largest kernel is 16 (input 3×16×16)",
            "NETGEN040: conv2: [Conv2d] needs a feature map (channels×height×width), and its input is a vector of 10; put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]");
    }

    [Fact]
    public void Layers_too_large_to_be_unrolled_are_named()
    {
        // How many instructions it would take is the schedule's business; which layer, by how much and what becomes of it is the user's.
        var compilation = TestCompilation.Create(
            "using NetGen; [Network(Unroll = Unroll.Full), Input(2), Linear(2), ReLU, Linear(2000), ReLU, Linear(2)] partial class Net;");
        Assert.Collection(
            AnalyzerRun.Of(compilation).Select(AnalyzerRun.Show),
            message => Assert.Matches(
                "^NETGEN071: fc2 is too large for Unroll.Full: unrolled, its largest kernel would have [0-9,]+ IL instructions, "
                + "and beyond [0-9,]+ the JIT compiler stops optimising; it keeps loops, as in Unroll.Balanced$",
                message),
            message => Assert.StartsWith("NETGEN071: fc3 ", message, StringComparison.Ordinal));
    }
}
