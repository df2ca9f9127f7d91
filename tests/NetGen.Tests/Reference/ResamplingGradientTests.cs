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

    [Theory]
    [InlineData(PadMode.Constant)]
    [InlineData(PadMode.Reflect)]
    [InlineData(PadMode.Replicate)]
    public void Border(PadMode mode) => GradientCheck.Run(new PadReference(new(2, 3, 4), new PadAttribute(1, 2, 0, 3) { Mode = mode, Value = 0.5 }), 55);

    [Fact]
    public void Channel_shuffle() => GradientCheck.Run(new ChannelShuffleReference(new(6, 2, 3), 2), 56);

    [Fact]
    public void Slice() => GradientCheck.Run(new SliceReference(new(6, 2, 3), 1, 3), 57);

    /// <summary>By hand, as PyTorch's documentation draws it.</summary>
    [Fact]
    public void Borders_and_shuffles_are_those_of_the_documentation()
    {
        double[] row = [1, 2, 3];
        Assert.Equal([3, 2, 1, 2, 3, 2], new PadReference(new(1, 1, 3), new PadAttribute(0, 0, 2, 1) { Mode = PadMode.Reflect }).Forward(row));
        Assert.Equal([1, 1, 1, 2, 3, 3], new PadReference(new(1, 1, 3), new PadAttribute(0, 0, 2, 1) { Mode = PadMode.Replicate }).Forward(row));
        Assert.Equal([0, 0, 1, 2, 3, 0], new PadReference(new(1, 1, 3), new PadAttribute(0, 0, 2, 1)).Forward(row));
        Assert.Equal([1, 4, 2, 5, 3, 6], new ChannelShuffleReference(new(6, 1, 1), 2).Forward([1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void Nearest_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 2, 3, UpsampleMode.Nearest, false), 50);

    [Fact]
    public void Bilinear_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, false), 51);

    [Fact]
    public void Bilinear_upsampling_with_corners_aligned() =>
        GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, true), 52);
}
