using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Emission;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>Generated code compiles in projects that allow nothing, and brings its documentation along.</summary>
public class StrictCompilationTests
{
    private const string Networks = """
        using NetGen;

        [assembly: System.CLSCompliant(true)]

        [Network, Input(1, 12, 12), Conv2d(6, 5, Padding = 2), ReLU, Conv2d(3, 3, Stride = 2), Tanh, Linear(20), Sigmoid, Linear(10)]
        public sealed partial class Documented;

        /// <summary>Mine.</summary>
        [Network(Training = false), Input(1, 12, 12), Conv2d(6, 5, Groups = 1, Bias = false), LeakyReLU(0.1), Flatten, Linear(10)]
        public partial class Predicting;

        [Network, Input(3, 12, 12, Layout = ImageLayout.Hwc), Conv2d(6, 5), ReLU, Output("features"), Linear(10), Output("class"), Softmax, Output("Input_")]
        public sealed partial class Outputs;

        /// <summary>Around.</summary>
        public static partial class Outer
        {
            [Network(Unroll = Unroll.Full, InputGradients = true), Input(9), Linear(4), ReLU, Linear(2)]
            internal sealed partial class @class;
        }
        """;

    private static readonly string[] Layers =
        ["Conv2d(4, 3, Padding = 1, ", "Tanh(", "MaxPool2d(2, Stride = 1, ", "Dropout(0.5, ", "AvgPool2d(3, Stride = 1, Padding = 1, ", "Sigmoid(", "Softmax("];

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Warnings)]
    public void All_warnings_as_errors(NullableContextOptions nullable)
    {
        CSharpCompilation compilation = TestCompilation.CreateStrict(nullable, Networks);
        Assert.Empty(TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output));
    }

    [Fact]
    public void A_layer_can_have_the_name_of_any_type_that_kernels_use()
    {
        string[] names = [.. KernelLibrary.TypeNames.Select(name => char.ToLowerInvariant(name[0]) + name[1..])];
        IEnumerable<string> layers = names.Select((name, index) => $"{Layers[index % Layers.Length]}Name = \"{name}\")");
        CSharpCompilation compilation = TestCompilation.CreateStrict(
            NullableContextOptions.Enable,
            $"using NetGen; [Network, Input(3, 12, 12), {string.Join(", ", layers)}, Linear(2), Loss(Loss.MeanSquaredError)] internal partial class Net;");
        Assert.Empty(TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output));
    }

    [Fact]
    public void A_faulty_network_brings_no_warning_besides()
    {
        CSharpCompilation compilation = TestCompilation.CreateStrict(
            NullableContextOptions.Enable, "using NetGen; [Network, Input(4), Linear(0)] public partial class Net;");
        Assert.Empty(TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output));
    }

    [Fact]
    public void Every_public_member_is_documented()
    {
        Compilation output = GeneratorRun.Of(TestCompilation.CreateStrict(NullableContextOptions.Enable, Networks)).Output;
        INamedTypeSymbol network = output.GetTypeByMetadataName("Documented")!;
        ISymbol[] members = network.GetMembers()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared)
            .Where(member => member is not IMethodSymbol { AssociatedSymbol: not null })
            .ToArray();
        Assert.Equal(20, members.Length);
        Assert.All(members.Append(network), member => Assert.Contains("<summary>", member.GetDocumentationCommentXml(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_summary_of_the_users_stays_the_only_one()
    {
        Compilation output = GeneratorRun.Of(TestCompilation.CreateStrict(NullableContextOptions.Enable, Networks)).Output;
        string documentation = output.GetTypeByMetadataName("Predicting")!.GetDocumentationCommentXml()!;
        Assert.Equal(2, documentation.Split("<summary>").Length);
        Assert.Contains("Mine.", documentation, StringComparison.Ordinal);
        Assert.Contains("<remarks>", documentation, StringComparison.Ordinal);
    }
}
