using Xunit;

namespace NetGen.Tests.Networks;

public sealed class TensorShapeTests
{
    [Fact]
    public void A_feature_map_has_three_extents()
    {
        TensorShape shape = new(3, 28, 30);
        Assert.Equal(2520, shape.Length);
        Assert.False(shape.IsVector);
        Assert.Equal("3×28×30", shape.ToString());
    }

    [Fact]
    public void A_vector_has_a_length()
    {
        TensorShape shape = new(10);
        Assert.Equal(new TensorShape(10, 1, 1), shape);
        Assert.Equal(10, shape.Length);
        Assert.True(shape.IsVector);
        Assert.Equal("10", shape.ToString());
    }

    [Fact]
    public void A_length_beyond_int_is_not_wrapped() => Assert.Throws<OverflowException>(() => new TensorShape(1 << 11, 1 << 10, 1 << 10).Length);
}
