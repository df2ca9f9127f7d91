using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Windows at the edges of what can be declared, against the reference.</summary>
[Trait("Category", "Numeric")]
public class WindowTests
{
    [Fact]
    public void Strides_that_are_never_taken_and_dilations_of_a_single_row_can_be_any_number() => NetworkChecks.Run(
    [
        Case("StrideH", new(1, 8, 8), "Conv2d(4, 3, StrideH = 1_000_000_000)", new(4, 1, 6)),
        Case("StrideW", new(2, 8, 8), "Conv2d(4, 3, StrideW = int.MaxValue, PaddingW = 1)", new(4, 6, 1)),
        Case("BothStrides", new(17, 8, 8), "Conv2d(20, 5, Stride = int.MaxValue)", new(20, 1, 1)),
        Case("Dilation", new(3, 8, 9), "Conv2d(20, 1, Dilation = int.MaxValue)", new(20, 8, 9)),
        Case("DilationW", new(3, 8, 9), "Conv2d(2, 3, 1, DilationH = 2, DilationW = 1_000_000_000)", new(2, 4, 9)),
        Case("MaxPool", new(2, 8, 8), "MaxPool2d(2, Stride = 1_000_000_000)", new(2, 1, 1)),
        Case("Ceil", new(20, 8, 8), "MaxPool2d(2, StrideW = int.MaxValue, CeilMode = true, Padding = 1)", new(20, 5, 1)),
        Case("Mean", new(2, 8, 8), "AvgPool2d(3, StrideH = int.MaxValue, StrideW = 2, Padding = 1)", new(2, 1, 4)),
    ]);

    [Fact]
    public void Strides_that_are_never_taken_are_sound_without_training()
    {
        const string Networks = """
            using NetGen;
            [Network(Training = false)] [Input(1, 8, 8)] [Conv2d(4, 3, StrideH = 1_000_000_000)] partial class Convolution;
            [Network(Training = false)] [Input(1, 8, 8)] [MaxPool2d(2, Stride = 1_000_000_000)] partial class Pool;
            """;
        AnalyzerRun.Expect(Networks);
    }

    [Theory]
    [InlineData("MaxPool2d")]
    [InlineData("AvgPool2d")]
    public void Wide_windows_two_columns_apart_need_no_unrolled_loops(string pool) => NetworkChecks.Run(
    [
        .. Enumerable.Range(5, 5).Select(width =>
            Case($"{pool}Wide{width}", new(1, 8, 32), $"{pool}(1, {width}, StrideW = 2)", new(1, 8, ((32 - width) / 2) + 1), Unroll.Compact)),
    ]);

    private static NetworkCase Case(string name, TensorShape input, string layer, TensorShape output, Unroll unroll = Unroll.Balanced) =>
        new NetworkCase(name, input) { Unroll = unroll }.Add(layer, output);
}
