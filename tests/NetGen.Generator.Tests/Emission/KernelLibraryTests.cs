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
    public void A_step_has_an_argument_for_each_number_and_its_kernels_have_none()
    {
        var step = new StepWriter(new SourceWriter(), new KernelLibrary(), UnrollMode.Balanced);
        Assert.Equal(["blocks", "blocks", "blocks2", "parts", "blocks2"], (string[])
            [step.Argument("blocks", 4), step.Argument("blocks", 4), step.Argument("blocks", 6), step.Argument("parts", 4), step.Argument("blocks", 6)]);
        Assert.Equal([("blocks", 4), ("blocks2", 6), ("parts", 4)], step.Arguments);
        Assert.Throws<InvalidOperationException>(() => step.InKernel(new SourceWriter()).Argument("blocks", 4));
    }

    [Fact]
    public void Convolutions_of_other_depths_share_their_kernel_and_their_step()
    {
        string emitted = string.Concat(Infrastructure.GeneratorRun.Of("""
            using NetGen;
            [Network(Training = false), Input(3, 28, 28), Conv2d(160, 1), Conv2d(64, 1, Name = "a"), BatchNorm2d]
            [Conv2d(192, 1, Name = "b"), Conv2d(64, 1, Name = "c"), BatchNorm2d]
            public sealed partial class Net;
            """).Result.GeneratedSources.Select(source => source.SourceText));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(emitted, @"internal static void Conv_28x28_k1_to_28x28_14x2\("));
        Assert.Contains("inputBlocks: 10, in share", emitted);
        Assert.Contains("inputBlocks: 12, in share); // c", emitted);
        Assert.Contains("Others differ in inputBlocks.", emitted);
    }
}
