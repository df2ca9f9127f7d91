using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>A network with blocks is the network that one would write out.</summary>
public class BlockEmissionTests
{
    private const string WithBlocks = """
        using NetGen;

        [Network, Input(3, 16, 16)]
        [Conv2d(4, 3, Padding = 1, Bias = false), ReLU]
        [Use(typeof(Stage), "Repeats", 1, Width = 8, Stride = 2, Name = "layer1")]
        [Linear(10), Softmax]
        public sealed partial class Net;
        """;

    private const string WrittenOut = """
        using NetGen;

        [Network, Input(3, 16, 16)]
        [Conv2d(4, 3, Padding = 1, Bias = false), ReLU]
        [Conv2d(8, 1, Bias = false, Name = "layer1.0.conv1"), ReLU(Name = "layer1.0.relu1")]
        [Conv2d(8, 3, Stride = 2, Padding = 1, Bias = false, Name = "layer1.0.conv2"), ReLU(Name = "layer1.0.relu2")]
        [Conv2d(16, 1, Bias = false, Name = "layer1.0.conv3")]
        [Conv2d(16, 1, Stride = 2, Bias = false, Name = "layer1.0.downsample.0", From = "relu1")]
        [Add("layer1.0.conv3", Name = "layer1.0.add1"), ReLU(Name = "layer1.0.relu3")]
        [Conv2d(8, 1, Bias = false, Name = "layer1.1.conv1"), ReLU(Name = "layer1.1.relu1")]
        [Conv2d(8, 3, Padding = 1, Bias = false, Name = "layer1.1.conv2"), ReLU(Name = "layer1.1.relu2")]
        [Conv2d(16, 1, Bias = false, Name = "layer1.1.conv3")]
        [Add("layer1.0.relu3", Name = "layer1.1.add1"), ReLU(Name = "layer1.1.relu3")]
        [Linear(10, Name = "fc1"), Softmax]
        public sealed partial class Net;
        """;

    [Fact]
    public void Its_code_is_the_same_to_the_letter()
    {
        Assert.Equal(Code(Spec(WrittenOut)), Code(Spec(Residual, WithBlocks)));
        Assert.Contains("layer1.0.downsample.0", Code(Spec(WrittenOut)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void All_warnings_as_errors(NullableContextOptions nullable)
    {
        CSharpCompilation compilation = TestCompilation.CreateStrict(
            nullable, Residual.Replace("public ", "internal ", StringComparison.Ordinal), WithBlocks);
        Assert.Empty(TestCompilation.ErrorsOf(GeneratorRun.Of(compilation).Output));
    }

    private static string Code(NetworkSpec spec)
    {
        GraphResult result = GraphBuilder.Build(spec);
        Assert.Empty(result.Problems);
        var schedule = NetworkEmitter.TrySchedule(spec, result);
        return NetworkEmitter.EmitSurface(spec, result, schedule) + NetworkEmitter.EmitKernels(spec, schedule);
    }
}
