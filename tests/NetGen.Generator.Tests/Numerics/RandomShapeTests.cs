using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Emitted kernels against the reference over shapes drawn at random.</summary>
public class RandomShapeTests
{
    [Theory]
    [InlineData("Planar")]
    [InlineData("Blocked")]
    [InlineData("Grouped")]
    [InlineData("Depthwise")]
    [InlineData("Chain")]
    [InlineData("Linear")]
    [InlineData("Activation")]
    public void Emitted_code_agrees_with_the_reference(string family) => NetworkChecks.Run(RandomShapes.Draw(family, 40, seed: 1));
}
