using System.Text.RegularExpressions;
using NetGen.Generator.Declaration;
using NetGen.Generator.Emission;
using NetGen.Generator.Schedule;
using Xunit;

namespace NetGen.Generator.Tests.Emission;

/// <summary>What layers that differ in numbers only have in common.</summary>
public class KernelLibraryTests
{
    [Fact]
    public void Kernels_of_one_source_are_one_and_others_of_their_name_are_numbered()
    {
        var library = new KernelLibrary();
        Assert.Equal("Add", library.GetOrAdd(1, "Add", (writer, name) => writer.Line($"void {name}(int a) {{ }}")));
        Assert.Equal("Add", library.GetOrAdd(2, "Add", (writer, name) => writer.Line($"void {name}(int a) {{ }}")));
        Assert.Equal("Add_2", library.GetOrAdd(3, "Add", (writer, name) => writer.Line($"void {name}(int b) {{ }}")));
        Assert.Equal("Add_2", library.GetOrAdd(4, "Add", (writer, name) => writer.Line($"void {name}(int b) {{ }}")));
        Assert.Equal("Add", library.GetOrAdd(1, "Other", (_, _) => Assert.Fail("The kernel is there.")));
        var source = new SourceWriter();
        library.Write(source);
        Assert.Equal("\nvoid Add(int a) { }\n\nvoid Add_2(int b) { }\n", source.ToString());
    }

    [Fact]
    public void A_step_has_an_argument_for_each_number()
    {
        var step = new StepWriter(new SourceWriter(), new KernelLibrary(), UnrollMode.Balanced);
        Assert.Equal(["blocks", "blocks", "blocks_2", "parts", "blocks_2"], (string[])
            [step.Argument("blocks", 4), step.Argument("blocks", 4), step.Argument("blocks", 6), step.Argument("parts", 4), step.Argument("blocks", 6)]);
        Assert.Equal([("int", "blocks", "4"), ("int", "blocks_2", "6"), ("int", "parts", "4")], step.Arguments.Select(argument => (argument.Type, argument.Name, argument.Value)));
        Assert.Equal("Unsafe.Add(ref packed, parts)", step.At("packed", "parts", 4).ToString());
        Assert.Equal("packed", step.At("packed", "none", 0).ToString());
    }

    [Fact]
    public void An_argument_is_of_any_type()
    {
        var step = new StepWriter(new SourceWriter(), new KernelLibrary(), UnrollMode.Balanced);
        Assert.Equal(["adds", "adds_2", "floor"], (string[])[step.Argument("adds", true), step.Argument("adds", false), step.Argument("float", "floor", "0f")]);
        Assert.Equal(["bool adds: true", "bool adds_2: false", "float floor: 0f"], step.Arguments.Select(argument => $"{argument.Type} {argument.Name}: {argument.Value}"));
    }

    [Fact]
    public void Layers_with_ReLU_without_and_with_a_sum_share_their_kernel_and_their_step()
    {
        string emitted = Emit("""
            using NetGen;
            [Network(Training = false), Input(64, 28, 28)]
            [Conv2d(64, 3, Padding = 1, Name = "a"), ReLU]
            [Conv2d(64, 3, Padding = 1, Name = "b"), Add("input"), ReLU]
            [Conv2d(64, 3, Padding = 1, Name = "c")]
            public sealed partial class Net;
            """);
        Assert.Single(Regex.Matches(emitted[..emitted.IndexOf("private static class V256", StringComparison.Ordinal)], @"internal static void WinogradOutput"));
        Assert.Matches(@"\bA\(ref .*adds: false, floor: 0f", emitted);
        Assert.Matches(@"\bA\(ref .*adds: true, floor: 0f.* // b", emitted);
        Assert.Matches(@"\bA\(ref .*adds: false, floor: float\.NegativeInfinity.* // c", emitted);
    }

    [Fact]
    public void Kernels_of_networks_without_sums_have_no_code_for_them()
    {
        string emitted = Emit("""
            using NetGen;
            [Network(Training = false), Input(64, 28, 28), Conv2d(64, 1), Conv2d(64, 3, Padding = 1, Name = "a"), ReLU]
            public sealed partial class Net;
            """);
        Assert.Contains("WinogradOutput", emitted);
        Assert.DoesNotContain("bool adds", emitted);
    }

    [Fact]
    public void Pointwise_convolutions_of_other_depths_and_maps_share_their_kernel_and_their_step()
    {
        string emitted = Emit("""
            using NetGen;
            [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(3, 28, 28), Conv2d(160, 1), Conv2d(64, 1, Name = "a"), BatchNorm2d]
            [Conv2d(192, 1, Name = "b"), MaxPool2d(2), Conv2d(64, 1, Name = "c"), BatchNorm2d]
            public sealed partial class Net;
            """);
        Assert.Single(Regex.Matches(emitted, @"internal static void Conv_k1_14x2\("));
        Assert.Contains("inputBlocks: 10, sourceBlockFloats: 12544, destinationBlockFloats: 12544, registerTiles: 56", emitted);
        Assert.Matches(@"\bA\(ref .*inputBlocks: 12, sourceBlockFloats: 3136, destinationBlockFloats: 3136, registerTiles: 14,.* // c", emitted);
    }

    [Fact]
    public void Winograd_convolutions_of_other_channels_and_maps_share_their_kernels_and_their_step()
    {
        string emitted = Emit("""
            using NetGen;
            [Network(Training = false), Input(3, 56, 56), Conv2d(64, 3, Padding = 1, Name = "stem")]
            [Conv2d(64, 3, Padding = 1, Name = "a"), ReLU, MaxPool2d(4), Conv2d(128, 3, Padding = 1, Name = "b"), ReLU]
            [Conv2d(128, 3, Padding = 1, Name = "c"), ReLU]
            public sealed partial class Net;
            """);
        string widest = WidestKernels(emitted);
        Assert.Single(Regex.Matches(widest, @"internal static void WinogradInput4x4k3_p1"));
        Assert.Single(Regex.Matches(widest, @"internal static void WinogradOutput4x4k3\("));
        Assert.Matches(@"\bB\(ref .*mapBlocks: 4,.* outputBlocks: 8,", emitted);
        Assert.Matches(@"\bB\(ref .*mapBlocks: 8,.* // c", emitted);
    }

    [Fact]
    public void Products_of_halves_of_other_channels_share_their_kernels_and_their_step()
    {
        string emitted = Emit("""
            using NetGen;
            [Network(Training = false), Input(3, 14, 14), Conv2d(512, 1), ReLU, Conv2d(512, 1, Name = "a"), ReLU, Conv2d(768, 1, Name = "b"), Conv2d(512, 1, Name = "c")]
            public sealed partial class Net;
            """);
        string widest = WidestKernels(emitted);
        Assert.Single(Regex.Matches(widest, @"internal static void StrassenFactors\("));
        Assert.Single(Regex.Matches(widest, @"internal static void StrassenResults\("));
        Assert.Matches(@"\bA\(ref .*inputBlocks: 16,.* floor: 0f", emitted);
        Assert.Matches(@"\bA\(ref .*inputBlocks: 24,.* floor: float.NegativeInfinity,.* // c", emitted);
        Assert.DoesNotContain("bool addsSecond", emitted);
    }

    private static string WidestKernels(string emitted) =>
        emitted[emitted.IndexOf("class V512", StringComparison.Ordinal)..emitted.IndexOf("class V256", StringComparison.Ordinal)];

    private static string Emit(string network) =>
        string.Concat(Infrastructure.GeneratorRun.Of(network).Result.GeneratedSources.Select(source => source.SourceText));
}
