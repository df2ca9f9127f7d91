using Xunit;

namespace NetGen.Tests.Reference;

/// <summary>The gradients of layers that resample, take apart and rearrange maps.</summary>
public class ResamplingGradientTests
{
    [Fact]
    public void Nearest_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 2, 3, UpsampleMode.Nearest, false), 50);

    [Fact]
    public void Bilinear_upsampling() => GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, false), 51);

    [Fact]
    public void Bilinear_upsampling_with_corners_aligned() =>
        GradientCheck.Run(new UpsampleReference(new(2, 3, 4), 3, 2, UpsampleMode.Bilinear, true), 52);
}
