using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>What emitted files look like; whether they compute the right thing is the numeric tests' to say.</summary>
public class EmissionTests
{
    [Fact]
    public void A_small_chain() => VerifyFiles("""
        using NetGen;

        namespace Shop;

        /// <summary>Tells apples from pears.</summary>
        [Network]
        [Input(1, 6, 6)]
        [Conv2d(2, 3, Padding = 1), ReLU]
        [Linear(3), Softmax]
        public sealed partial class Fruit;
        """);

    [Fact]
    public void Only_inference() => VerifyFiles("""
        using NetGen;

        [Network(Training = false)]
        [Input(16, 4, 4)]
        [Conv2d(16, 1)]
        public partial class Mixer;
        """);

    [Fact]
    public void Images_of_bytes() => VerifyFiles("""
        using NetGen;

        [Network(Training = false)]
        [Input(3, 4, 4, Layout = ImageLayout.Hwc, Mean = new[] { 0.5 }, Std = new[] { 0.25, 0.5, 1 })]
        [Linear(2), Softmax]
        public partial class Photo;
        """);

    [Fact]
    public void A_network_with_mistakes_keeps_its_members() => VerifyFiles("""
        using NetGen;

        [Network]
        [Input(1, 6, 6)]
        [Conv2d(2, 9)]
        public partial class Wrong;
        """);

    private static void VerifyFiles(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Assert.Multiple(GeneratorRun.Of(source).Result.GeneratedSources.Select(file => (Action)(() => Snapshot.Verify(
            Path.GetFileNameWithoutExtension(file.HintName), file.SourceText.ToString(), typeof(EmissionTests), method))).ToArray());
    }
}
