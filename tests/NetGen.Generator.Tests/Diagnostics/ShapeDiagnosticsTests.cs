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
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_mistake_is_reported_on_its_attribute(DiagnosticCase mistake) => AnalyzerRun.Expect(mistake.Source, mistake.Expected);
}
