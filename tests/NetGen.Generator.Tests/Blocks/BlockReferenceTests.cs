using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>What layers in blocks and around them read.</summary>
public class BlockReferenceTests
{
    private const string Blocks = """
        [Block, ReLU, Tanh, Add("input")] static class Skip;
        [Block, ReLU, Tanh] static class Two;
        [Block, Sigmoid(From = "input"), Add("input")] static class FromInput;
        [Block, Use(typeof(Two), Name = "a"), Use(typeof(Two), Name = "b", From = "input"), Concat("a", "b")] static class Branches;
        [Block, Use(typeof(Two), Name = "a", Repeat = 2), ReLU, Concat("a", "a.0", "a.1.relu1", "relu1", "input")] static class Inside;
        [Block, ReLU(Name = "input"), Tanh, Add("input")] static class Shadow;
        [Block, Sigmoid, Use(typeof(Skip), Name = ""), Add("sigmoid1", "relu1", Name = "sum")] static class Open;
        """;

    [Theory]
    [InlineData("ReLU, Use(typeof(Skip), Name = \"s\")", "relu1(input) s.relu1(relu1) s.tanh1(s.relu1) s.add1(s.tanh1, relu1)")]
    [InlineData("Use(typeof(Skip), Name = \"s\")", "s.relu1(input) s.tanh1(s.relu1) s.add1(s.tanh1, input)")]
    [InlineData(
        "ReLU(Name = \"stem\"), Tanh, Use(typeof(Skip), Name = \"s\", From = \"stem\"), Add(\"tanh1\")",
        "stem(input) tanh1(stem) s.relu1(stem) s.tanh1(s.relu1) s.add1(s.tanh1, stem) add1(s.add1, tanh1)")]
    [InlineData(
        "ReLU, Use(typeof(Skip), Name = \"s\", Repeat = 2)",
        "relu1(input) s.0.relu1(relu1) s.0.tanh1(s.0.relu1) s.0.add1(s.0.tanh1, relu1) s.1.relu1(s.0.add1) s.1.tanh1(s.1.relu1) s.1.add1(s.1.tanh1, s.0.add1)")]
    [InlineData("ReLU, Use(typeof(FromInput))", "relu1(input) block1.sigmoid1(relu1) block1.add1(block1.sigmoid1, relu1)")]
    [InlineData(
        "Use(typeof(Branches), Name = \"x\")",
        "x.a.relu1(input) x.a.tanh1(x.a.relu1) x.b.relu1(input) x.b.tanh1(x.b.relu1) x.concat1(x.a.tanh1, x.b.tanh1)")]
    [InlineData(
        "Use(typeof(Inside), Name = \"x\")",
        "x.a.0.relu1(input) x.a.0.tanh1(x.a.0.relu1) x.a.1.relu1(x.a.0.tanh1) x.a.1.tanh1(x.a.1.relu1) x.relu1(x.a.1.tanh1) "
        + "x.concat1(x.a.1.tanh1, x.a.0.tanh1, x.a.1.relu1, x.relu1, input)")]
    [InlineData("Use(typeof(Shadow), Name = \"x\")", "x.input(input) x.tanh1(x.input) x.add1(x.tanh1, x.input)")]
    [InlineData(
        "Use(typeof(Open), Name = \"x\")",
        "x.sigmoid1(input) x.relu1(x.sigmoid1) x.tanh1(x.relu1) x.add1(x.tanh1, x.sigmoid1) x.sum(x.add1, x.sigmoid1, x.relu1)")]
    [InlineData(
        "Use(typeof(Two), Name = \"a\", Repeat = 2), ReLU, Add(\"a\", \"a.0\", \"a.1.relu1\")",
        "a.0.relu1(input) a.0.tanh1(a.0.relu1) a.1.relu1(a.0.tanh1) a.1.tanh1(a.1.relu1) relu1(a.1.tanh1) add1(relu1, a.1.tanh1, a.0.tanh1, a.1.relu1)")]
    [InlineData(
        "Use(typeof(Two), Name = \"d*\", Repeat = 2), Add(\"d0\", \"input\")",
        "d0.relu1(input) d0.tanh1(d0.relu1) d1.relu1(d0.tanh1) d1.tanh1(d1.relu1) add1(d1.tanh1, d0.tanh1, input)")]
    [InlineData("ReLU, Use(typeof(Two), Name = \"a\", Repeat = 0), Tanh, Add(\"a\")", "relu1(input) tanh1(relu1) add1(tanh1, relu1)")]
    [InlineData("ReLU, Tanh, Use(typeof(Two), Name = \"a\", Repeat = 0, From = \"relu1\"), Add(\"tanh1\")", "relu1(input) tanh1(relu1) add1(relu1, tanh1)")]
    [InlineData("Use(typeof(Two)), Use(typeof(Two)), Add(\"block1\")", "block1.relu1(input) block1.tanh1(block1.relu1) block2.relu1(block1.tanh1) block2.tanh1(block2.relu1) add1(block2.tanh1, block1.tanh1)")]
    [InlineData(
        "ReLU(Name = \"input\"), Use(typeof(Skip), Name = \"s\")",
        "input(input) s.relu1(input) s.tanh1(s.relu1) s.add1(s.tanh1, input)")]
    public void Layers_read_what_they_name(string layers, string expected) =>
        Assert.Equal(expected, string.Join(" ", Edges(GraphOf($"[Input(3), {layers}]", Blocks))));
}
