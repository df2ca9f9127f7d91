using NetGen.Tests.Numerics;
using Xunit;
using Xunit.Abstractions;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// The numeric tests again, on vectors of every width that machines have and on none. They come after all tests that run in parallel, and
/// so find the networks compiled.
/// </summary>
[CollectionDefinition(nameof(VectorWidthTests), DisableParallelization = true)]
[Collection(nameof(VectorWidthTests))]
public class VectorWidthTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Numeric")]
    public void The_process_has_the_vectors_it_was_to_have() => VectorWidths.CheckAgainstParent(output);

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Numeric_tests_pass_without(string setting) =>
        VectorWidths.Without(setting).RunNumericTests(GetType(), output, (CompiledNetworks.FolderVariable, CompiledNetworks.Folder));
}
