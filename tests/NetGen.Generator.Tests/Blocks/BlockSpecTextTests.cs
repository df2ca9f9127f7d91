using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>The text by which an assembly says what its blocks are.</summary>
public class BlockSpecTextTests
{
    private const string Key = "Models.Some, Library";

    private const string Sound = "1 2 Width 64 Out * $ Width 4 2 Conv2d 2 outChannels i $ Out kernelSize i 3 ReLU 0";

    [Fact]
    public void A_block_is_read_as_it_was_written()
    {
        IntegerExpression width = new ParameterExpression("Width");
        var block = new BlockSpec(
            Key,
            BlockState.Read,
            IsReferenced: true,
            EquatableArray.Of(new BlockParameter("Width", new IntegerConstant(-3)), new BlockParameter("Größe", new UnaryExpression("~", width))),
            EquatableArray.Of(
                new LayerSpec("ReLU", EquatableArray<Argument>.Empty),
                new LayerSpec("Any", EquatableArray.Of(
                    new Argument("a", new IntegerArgument(new ConditionalExpression(new BinaryExpression("<<", width, width), width, new IntegerConstant(int.MinValue)))),
                    new Argument("b", new ConditionArgument(new BinaryExpression("&&", width, width))),
                    new Argument("c", new FlagArgument(true)),
                    new Argument("d", new NumberArgument(double.NegativeInfinity)),
                    new Argument("e", new NumbersArgument(EquatableArray.Of(0.1, double.Epsilon, double.NaN, -0.0))),
                    new Argument("f", new TextArgument("")),
                    new Argument("g", new TextArgument(null)),
                    new Argument("h", new TextsArgument(EquatableArray.Of("", "a b", "\\", "\"\0\ud800é\n"))),
                    new Argument("i", new TypeArgument("A.B+C`1, D e")),
                    new Argument("j", new ValuesArgument(EquatableArray.Of<ArgumentValue>(
                        new TextArgument("x"), new IntegerArgument(width), new NumberArgument(1.5), new FlagArgument(false), new TextArgument(null))))))));
        string text = BlockSpecWriter.Write(block);
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(block, BlockSpecReader.Read(Key, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1")]
    [InlineData("2 0 0")]
    [InlineData("01 0 0")]
    [InlineData("1 0 0 ")]
    [InlineData("1 0 0 0")]
    [InlineData("1  0 0")]
    [InlineData("1 -1 0")]
    [InlineData("1 +0 0")]
    [InlineData("1 2147483647 0")]
    [InlineData("1 99999999999 0")]
    [InlineData("1 1 Width $ Width 0")]
    [InlineData("1 2 A $ B B 1 0")]
    [InlineData("1 2 A 1 A 1 0")]
    [InlineData("1 1 \\ 1 0")]
    [InlineData("1 1 A\\00 1 0")]
    [InlineData("1 1 A\\00zz 1 0")]
    [InlineData("1 1 A\\ 1 0")]
    [InlineData("1 1 é 1 0")]
    [InlineData("1 0 1 Input 1 length i 4")]
    [InlineData("1 0 1 Loss 1 loss i 0")]
    [InlineData("1 0 1 \\ 0")]
    [InlineData("1 0 1 Any 2 a i 1 a i 1")]
    [InlineData("1 0 1 Any 1 a x")]
    [InlineData("1 0 1 Any 1 a i u * 1")]
    [InlineData("1 0 1 Any 1 a i u - ")]
    [InlineData("1 0 1 Any 1 a f 2")]
    [InlineData("1 0 1 Any 1 a n one")]
    [InlineData("1 0 1 Any 1 a V 1 V 0")]
    [InlineData("1 0 1 Any 1 a T 3 a b")]
    public void Anything_else_is_refused(string text) => Assert.Null(BlockSpecReader.Read(Key, text));

    [Fact]
    public void No_piece_of_a_text_and_no_change_of_it_throws()
    {
        Assert.NotNull(BlockSpecReader.Read(Key, Sound));
        string[] words = Sound.Split(' ');
        for (int length = 0; length < Sound.Length; length++)
        {
            Assert.Null(BlockSpecReader.Read(Key, Sound[..length]));
        }

        string[] others = ["", "0", "-1", "7", "$", "?", "u", "*", "i", "V", "T", "b", "\\", "2147483647", "x"];
        foreach (int place in Enumerable.Range(0, words.Length))
        {
            foreach (string other in others)
            {
                string[] changed = [.. words];
                changed[place] = other;
                if (BlockSpecReader.Read(Key, string.Join(" ", changed)) is { } block)
                {
                    var use = new LayerSpec("Use", EquatableArray.Of(new Argument("block", new TypeArgument(Key))));
                    Assert.NotNull(GraphBuilder.Build(Specs.Network(Specs.Input(3, 8, 8), use) with { Blocks = EquatableArray.Of(block) }));
                }
            }
        }
    }

    [Fact]
    public void Depth_and_length_have_limits()
    {
        string Nested(int depth) => $"1 1 A {string.Concat(Enumerable.Repeat("u - ", depth))}1 0";
        Assert.NotNull(BlockSpecReader.Read(Key, Nested(IntegerExpression.MaxDepth - 1)));
        Assert.Null(BlockSpecReader.Read(Key, Nested(IntegerExpression.MaxDepth)));
        Assert.Null(BlockSpecReader.Read(Key, Nested(100_000)));
        Assert.Null(BlockSpecReader.Read(Key, "1 0 1 Any 1 a T 600000 " + string.Join(" ", Enumerable.Repeat("a", 600_000))));
    }
}
