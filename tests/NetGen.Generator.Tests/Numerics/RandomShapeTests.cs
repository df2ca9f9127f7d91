using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Emitted kernels against the reference over shapes drawn at random.</summary>
[Trait("Category", "Numeric")]
public class RandomShapeTests
{
    private const int CasesPerFamily = 40;

    public static TheoryData<string> Families => [.. RandomShapes.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Emitted_code_agrees_with_the_reference(string family) => NetworkChecks.Run(Draw(family));

    /// <summary>Compiles a family's networks, for other processes to find.</summary>
    internal static void Compile(string family) => NetworkChecks.Compile(Draw(family));

    private static NetworkCase[] Draw(string family) => RandomShapes.Draw(family, CasesPerFamily, seed: 1);
}
