using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using Xunit;
using static NetGen.Generator.Tests.Blocks.BlockSources;

namespace NetGen.Generator.Tests.Blocks;

/// <summary>Arguments of a block's layers that depend on its parameters.</summary>
public class BlockExpressionTests
{
    // Width is 10 by default and 20 where it is used.
    [Theory]
    [InlineData("Width", 20)]
    [InlineData("Width * 4", 80)]
    [InlineData("4 * (Width + 1) - Width / 3 % 4", 82)]
    [InlineData("-Width + 50", 30)]
    [InlineData("- -Width", 20)]
    [InlineData("+Width", 20)]
    [InlineData("~Width + 22", 1)]
    [InlineData("Width << 2 >> 1", 40)]
    [InlineData("Width << 33", 40)]
    [InlineData("(Width & 6) + (Width | 3) + (Width ^ 1)", 4 + 23 + 21)]
    [InlineData("Width > 10 ? 7 : 3", 7)]
    [InlineData("Width <= 10 || Width == 30 ? 7 : 3", 3)]
    [InlineData("Width >= 20 && Width < 21 && !(Width != 20) ? 7 : 3", 7)]
    [InlineData("Width > 15 ? 100 / Width : 3", 5)]
    [InlineData("Some.Width", 20)]
    [InlineData("global::Some.Width", 20)]
    [InlineData("Double", 40)]
    [InlineData("Some.Double + Width", 60)]
    [InlineData("IsWide ? 5 : 6", 5)]
    [InlineData("Other.Width * Width", 60)]
    [InlineData("Derived.Fixed", 9)]
    [InlineData("(int)(Width * 1)", 20)]
    [InlineData("checked(Width * 2)", 40)]
    [InlineData("nameof(Width) == \"Width\" ? 5 : 4", 5)]
    [InlineData("(int)2.5 + Width", 22)]
    [InlineData("Width + 'a' - 'Z'", 27)]
    [InlineData("sizeof(int) * Width", 80)]
    [InlineData("Width/*comment*/ - (3)", 17)]
    public void Parameters_are_put_in_their_place(string expression, int expected) =>
        Assert.Equal(expected, WidthOf(expression, "Width = 20"));

    [Fact]
    public void What_is_not_given_has_the_value_of_its_member()
    {
        Assert.Equal(10, WidthOf("Width", ""));
        Assert.Equal(20, WidthOf("Double", ""));
        Assert.Equal(33, WidthOf("Double", "\"Double\", 33"));
        Assert.Equal(7, WidthOf("Double + Width", "\"Double\", 5, \"Width\", 2"));
        Assert.Equal(6, WidthOf("Double + Width", "Width = K.Three - 1"));
    }

    [Fact]
    public void Flags_may_depend_on_parameters()
    {
        Conv2dOp Convolution(string bias, string use) => Assert.IsType<Conv2dOp>(Assert.Single(Some("Conv2d(2, 1, Bias = " + bias + ")", use).Nodes).Operator);
        Assert.True(Convolution("Width > 10", "Width = 11").HasBias);
        Assert.False(Convolution("Width > 10", "").HasBias);
        Assert.True(Convolution("IsWide", "Width = 11").HasBias);
        Assert.False(Convolution("!IsWide", "Width = 11").HasBias);
    }

    [Fact]
    public void Copies_may_depend_on_parameters()
    {
        NetworkGraph graph = Build("""
            using NetGen;

            [Network, Input(4), Use(typeof(Many), "Count", 2, "Start", 5, Name = "m"), Use(typeof(Many), "Count", 1, Name = "few")] partial class Net;

            [Block, Use(typeof(One), Repeat = Count * 2 - 1, First = Start), Use(typeof(One), "Twice", Count * 10, Name = "last")]
            static class Many { public const int Count = 1, Start = 0; }

            [Block, Linear(Twice / 2)] static class One { internal const int Twice = 8; }
            """);
        Assert.Equal(["m.5.fc1", "m.6.fc1", "m.7.fc1", "m.last.fc1", "few.0.fc1", "few.last.fc1"], Names(graph));
        Assert.Equal([4, 4, 4, 10, 4, 5], graph.Nodes.Select(node => graph.Values[node.Output].Shape.Channels));
    }

    [Fact]
    public void Expressions_print_as_they_are_read()
    {
        IntegerExpression width = new ParameterExpression("Width");
        IntegerExpression product = new BinaryExpression("*", new BinaryExpression("+", width, new IntegerConstant(-1)), new UnaryExpression("-", width));
        Assert.Equal("(Width + (-1)) * (-Width)", product.ToString());
        Assert.Equal("(Width < 3) ? Width : ((Width + (-1)) * (-Width))", new ConditionalExpression(new BinaryExpression("<", width, new IntegerConstant(3)), width, product).ToString());
    }

    [Theory]
    [InlineData("+", int.MaxValue, 1, "is too large for an int")]
    [InlineData("-", int.MinValue, 1, "is too large for an int")]
    [InlineData("*", 1 << 16, 1 << 16, "is too large for an int")]
    [InlineData("/", int.MinValue, -1, "is too large for an int")]
    [InlineData("/", 1, 0, "divides by zero")]
    [InlineData("%", 1, 0, "divides by zero")]
    [InlineData("%", int.MinValue, -1, "")]
    [InlineData("<<", 1, 31, "")]
    [InlineData("<<", -1, -1, "")]
    [InlineData(">>", int.MinValue, int.MinValue, "")]
    public void Arithmetic_never_throws(string @operator, int left, int right, string expected)
    {
        string fault = "";
        new BinaryExpression(@operator, new IntegerConstant(left), new IntegerConstant(right)).Evaluate(new Dictionary<string, int>(), ref fault);
        Assert.Equal(expected, fault);
    }

    private static int WidthOf(string expression, string use) => Some($"Linear({expression})", use).OutputShape.Channels;

    private static NetworkGraph Some(string layer, string use) => Build($$"""
        using NetGen;

        [Network, Input(2, 1, 1), Use(typeof(Some){{(use.Length > 0 ? ", " + use : "")}})] partial class Net;

        static class K { public const int Three = 3; }

        class Derived { protected internal const int Fixed = 9; }

        static class Other { public const int Width = 3; }

        [Block, {{layer}}]
        class Some
        {
            private const bool IsWide = Width > 10;
            public const int Width = 10;
            public const int Double = Width * 2;
        }
        """);
}
