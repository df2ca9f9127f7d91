using Xunit;

namespace NetGen.Tests.Reference;

/// <summary>The gradients of layers that resample, take apart and rearrange maps.</summary>
public class ResamplingGradientTests
{
    [Fact]
    public void Transposed_convolution() =>
        GradientCheck.Run(new ConvTranspose2dReference(new(3, 4, 3), 2, new(3, 2) { StrideH = 2, StrideW = 3, PadTop = 1, PadBottom = 1 }, 1, 2), 53);

    [Fact]
    public void Transposed_convolution_with_groups_and_dilation() => GradientCheck.Run(
        new ConvTranspose2dReference(new(4, 3, 3), 6, new(2, 3) { DilationH = 2, DilationW = 2, PadLeft = 1, PadRight = 1 }, 0, 1, groups: 2, bias: false), 54);

    [Fact]
    public void Nearest_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 2, 3, UpsampleMode.Nearest, false), 50);

    [Fact]
    public void Bilinear_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, false), 51);

    [Fact]
    public void Bilinear_upsampling_with_corners_aligned() =>
        GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, true), 52);
}
