using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Emitted kernels against the reference: over shapes drawn at random, and at the edges in every unroll mode.</summary>
[Trait("Category", "Numeric")]
public class ShapeTests
{
    private const int Seed = 1;

    public static TheoryData<string> Families => [.. RandomShapes.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Emitted_code_agrees_with_the_reference(string family) => NetworkChecks.Run(RandomShapes.Draw(family, Seed));

    [Theory]
    [InlineData(Unroll.Balanced)]
    [InlineData(Unroll.Full)]
    [InlineData(Unroll.Compact)]
    public void It_does_so_at_the_edges(Unroll unroll) => NetworkChecks.Run(EdgeShapes.Declare(unroll));

    [Fact]
    public void It_does_so_over_long_reductions() => NetworkChecks.Run(EdgeShapes.LongReductions);
}
