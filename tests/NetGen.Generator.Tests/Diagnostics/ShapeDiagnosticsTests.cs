using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Diagnostics.DiagnosticCase;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes in layers that resample, take apart and rearrange maps.</summary>
public class ShapeDiagnosticsTests
{
    public static TheoryData<DiagnosticCase> Layers => new()
    {
        Network("[Input(3, 8, 8), [|Upsample(0)|]]", "NETGEN031: upsample1: scale is 0; it must be at least 1 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Upsample(2, -1)|]]", "NETGEN031: upsample1: scaleWidth is -1; it must be at least 1 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Upsample(2, Mode = (UpsampleMode)2)|]]",
            "NETGEN110: upsample1: Mode is 2; it can be UpsampleMode.Nearest or UpsampleMode.Bilinear (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Upsample(2, AlignCorners = true)|]]",
            "NETGEN111: upsample1: AlignCorners says where bilinear upsampling reads, and this is nearest; set Mode = UpsampleMode.Bilinear or leave "
            + "AlignCorners out (input 3×8×8)"),
        Network(
            "[Input(12), [|Upsample(2)|]]",
            "NETGEN040: upsample1: [Upsample] needs a feature map (channels×height×width), and its input is a vector of 12; "
            + "put it before [Linear] and [Flatten], or declare [Input(channels, height, width)]"),
        Network(
            "[Input(3, 8, 8), [|Upsample(int.MaxValue)|]]",
            "NETGEN041: upsample1: its result 3×2147483647×2147483647 would take 9,223,372,036,854,775,807 floats, with channels and rows in "
            + "blocks of 16; a value must stay below 268,435,456: use a larger stride, fewer channels or a smaller [Input] (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|ConvTranspose2d(4, 3, Groups = 2)|]]",
            "NETGEN035: deconv1: 2 groups do not divide the 3 input channels; what divides the channels on both sides is 1 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|ConvTranspose2d(4, 3, Stride = 2, OutputPadding = 2)|]]",
            "NETGEN112: deconv1: OutputPadding 2 must stay below the stride or the dilation; it can be at most 1 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|ConvTranspose2d(4, 3, DilationH = 3, OutputPaddingH = 2, OutputPaddingW = 1)|]]",
            "NETGEN112: deconv1: OutputPadding 2×1 must stay below the stride or the dilation; it can be at most 2×0 (input 3×8×8)"),
        Network(
            "[Input(3, 1, 8), [|ConvTranspose2d(4, 3, Padding = 2)|]]",
            "NETGEN113: deconv1: padding 2 on each side leaves nothing of the 3×10 elements that its windows make; it can be at most 1×4 (input 3×1×8)"),
        Network(
            "[Input(3, 8, 8), [|ConvTranspose2d(4, 3, StrideW = 100000000, PaddingW = 1)|]]",
            "NETGEN114: deconv1: its windows would make 10×700000003 elements; each side must stay below 268,435,456: "
            + "use a smaller stride, kernel or dilation (input 3×8×8)"),
        Network("[[|Input(3, 0)|], ReLU]", "NETGEN031: [Input]: length is 0; it must be at least 1"),
        Network(
            "[Input(3, 8, 8), [|Conv1d(4, 3)|]]",
            "NETGEN115: conv1: [Conv1d] needs a sequence (channels×1×length), and its input has 8 rows; use [Conv2d], or declare "
            + "[Input(channels, length)] (input 3×8×8)"),
        Network(
            "[Input(3, 2, 8), [|MaxPool1d(2)|]]",
            "NETGEN115: pool1: [MaxPool1d] needs a sequence (channels×1×length), and its input has 2 rows; use [MaxPool2d], or declare "
            + "[Input(channels, length)] (input 3×2×8)"),
        Network(
            "[Input(3, 8), [|Conv1d(4, 9)|]]",
            "NETGEN034: kernel 1×9 is larger than the padded input 1×8 of conv1; the largest kernel is 1×8 (input 3×1×8)"),
        Network(
            "[Input(3, 8), [|AvgPool1d(3, Padding = 2)|]]",
            "NETGEN037: pool1: padding 0×2 is more than half of the kernel 1×3; it can be at most 0×1 (input 3×1×8)"),
        Network("[Input(3, 8, 8), [|Pad(-1)|]]", "NETGEN032: pad1: size is -1; it must be at least 0 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Pad(0, 1, -2, 1)|]]", "NETGEN032: pad1: left is -2; it must be at least 0 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Pad(1, Mode = (PadMode)3)|]]",
            "NETGEN110: pad1: Mode is 3; it can be PadMode.Constant, PadMode.Reflect or PadMode.Replicate (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Pad(1, Mode = PadMode.Reflect, Value = 1)|]]",
            "NETGEN030: pad1: Value and Mode contradict each other; set one of them (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Pad(1, Value = 1e300)|]]", "NETGEN116: pad1: Value is 1E+300; it must be finite in float32 (input 3×8×8)"),
        Network(
            "[Input(3, 4, 8), [|Pad(4, Mode = PadMode.Reflect)|]]",
            "NETGEN117: pad1: a map of 4×8 has no 4 elements in the mirror, which do not repeat its outer ones; the border can be at most 3×7 (input 3×4×8)"),
        Network(
            "[Input(3, 8, 8), [|Pad(int.MaxValue)|]]",
            "NETGEN042: pad1: its padded input would be 4294967302×4294967302; each side must stay below 268,435,456: use less padding (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Slice(-1, 2)|]]", "NETGEN032: slice1: start is -1; it must be at least 0 (input 3×8×8)"),
        Network("[Input(3, 8, 8), [|Slice(0, 0)|]]", "NETGEN031: slice1: count is 0; it must be at least 1 (input 3×8×8)"),
        Network(
            "[Input(3, 8, 8), [|Slice(2, 2)|]]",
            "NETGEN118: slice1: there are no channels 2 to 3, since the input has 3: from 2 on there are 1 (input 3×8×8)"),
        Network(
            "[Input(9), [|Slice(9, int.MaxValue)|]]",
            "NETGEN118: slice1: there are no elements 9 to 2147483655, since the input has 9: the last one is 8 (input 9)"),
        Network("[Input(3, 8, 8), [|ChannelShuffle(0)|]]", "NETGEN031: shuffle1: groups is 0; it must be at least 1 (input 3×8×8)"),
        Network(
            "[Input(6, 8, 8), [|ChannelShuffle(4)|]]",
            "NETGEN119: shuffle1: 4 groups do not divide the channels; what does is 1, 2, 3, 6 (input 6×8×8)"),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_mistake_is_reported_on_its_attribute(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);
}
