using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

public class DescriptorsTests
{
    [Fact]
    public void Every_number_has_one_description()
    {
        IEnumerable<string> numbers = typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(numbers, Descriptors.All.Select(descriptor => descriptor.Id));
        Assert.All(Descriptors.All, descriptor => Assert.Same(descriptor, Descriptors.Get(descriptor.Id)));
    }

    [Fact]
    public void Every_diagnostic_has_a_test_of_its_message()
    {
        // These take another version of the package, another compilation or a pattern: they have tests of their own.
        string[] elsewhere =
        [
            DiagnosticIds.UnknownLayer, DiagnosticIds.LanguageVersion, DiagnosticIds.UnoptimizedCompilation, DiagnosticIds.UnrollBudget,
            DiagnosticIds.NoBlockSpecification, DiagnosticIds.SourceHasMistakes,
        ];
        IEnumerable<string> tested = new[]
            {
                LayerDiagnosticsTests.Arguments, LayerDiagnosticsTests.Shapes, LayerDiagnosticsTests.Sizes,
                LayerDiagnosticsTests.Memory, LayerDiagnosticsTests.Images, LayerDiagnosticsTests.Names,
                GraphDiagnosticsTests.Edges, GraphDiagnosticsTests.Outputs, ShapeDiagnosticsTests.Layers, NetworkDiagnosticsTests.Whole, NetworkDiagnosticsTests.Losses, ClassDiagnosticsTests.Faults, ClassDiagnosticsTests.Clashes,
                BlockDiagnosticsTests.Blocks, BlockDiagnosticsTests.Uses,
                FullyConvolutionalDiagnosticsTests.Attributes, FullyConvolutionalDiagnosticsTests.Layers,
            }
            .SelectMany<TheoryData<DiagnosticCase>, object[]>(cases => cases)
            .SelectMany(row => ((DiagnosticCase)row[0]).Expected)
            .Select(expected => expected[..expected.IndexOf(':', StringComparison.Ordinal)]);
        Assert.Equal(Descriptors.All.Select(descriptor => descriptor.Id).Order(), tested.Concat(elsewhere).Distinct().Order());
    }

    [Fact]
    public void Errors_stop_the_build_and_only_advice_is_a_warning()
    {
        Assert.Equal(
            [DiagnosticIds.LossAfterActivation, DiagnosticIds.UnoptimizedCompilation, DiagnosticIds.UnrollBudget, DiagnosticIds.PaddedSource],
            Descriptors.All.Where(descriptor => descriptor.DefaultSeverity == DiagnosticSeverity.Warning).Select(descriptor => descriptor.Id));
        Assert.All(Descriptors.All, descriptor => Assert.True(descriptor.IsEnabledByDefault));
        Assert.All(Descriptors.All, descriptor => Assert.Equal("NetGen", descriptor.Category));
    }

    [Fact]
    public void Titles_hold_no_arguments()
    {
        Assert.All(Descriptors.All, descriptor => Assert.DoesNotContain("{", descriptor.Title.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
