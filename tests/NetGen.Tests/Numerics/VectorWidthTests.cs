using Xunit;
using Xunit.Abstractions;

namespace NetGen.Tests.Numerics;

/// <summary>The numeric tests of this assembly again, on vectors of every width that machines have and on none.</summary>
public sealed class VectorWidthTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Numeric")]
    public void The_process_has_the_vectors_it_was_to_have() => VectorWidths.CheckAgainstParent(output);

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Numeric_tests_pass_without(string setting) => VectorWidths.Without(setting).RunNumericTests(GetType(), output);
}
