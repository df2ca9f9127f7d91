using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using Xunit;
using Shape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Schedule;

public class TensorViewTests
{
    private static readonly Shape s_shape = new(20, 5, 7);

    [Fact]
    public void Every_element_and_border_of_a_view_has_a_place_of_its_own()
    {
        foreach (TensorView view in Views())
        {
            var places = new HashSet<int>();
            for (int c = 0; c < s_shape.Channels; c++)
            {
                for (int y = 0; y < s_shape.Height; y++)
                {
                    for (int x = 0; x < s_shape.Width; x++)
                    {
                        int place = view.Offset(c, y, x);
                        Assert.InRange(place, 0, view.Floats - 1);
                        Assert.True(places.Add(place), $"{view}: ({c}, {y}, {x})");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_border_lies_inside_the_view(int phases)
    {
        TensorView view = TensorView.Planar(s_shape, new Border(2, 1, 3, 4), phases);
        Assert.InRange(view.Offset(0, -2, -3), 0, view.Floats - 1);
        Assert.InRange(view.Offset(s_shape.Channels - 1, s_shape.Height, s_shape.Width + 3), 0, view.Floats - 1);
    }

    [Fact]
    public void Only_views_without_gaps_are_called_gapless()
    {
        Assert.True(TensorView.Dense(s_shape).IsGapless);
        Assert.False(TensorView.Planar(s_shape).IsGapless);
        Assert.True(TensorView.Planar(new Shape(3, 5, 16)).IsGapless);
        Assert.False(TensorView.Planar(new Shape(3, 5, 32), new Border(0, 0, 0, 0), phases: 2).IsGapless);
        Assert.False(TensorView.Blocked(s_shape).IsGapless);
        Assert.True(TensorView.Blocked(new Shape(32, 5, 7)).IsGapless);
        Assert.False(TensorView.Blocked(new Shape(32, 5, 7), new Border(1, 1, 1, 1)).IsGapless);
        Assert.True(TensorView.Blocked(new Shape(20, 1, 1)).IsInPyTorchOrder);
        Assert.False(TensorView.Blocked(new Shape(32, 5, 7)).IsInPyTorchOrder);
    }

    private static IEnumerable<TensorView> Views() =>
    [
        TensorView.Dense(s_shape),
        TensorView.Planar(s_shape),
        TensorView.Planar(s_shape, new Border(1, 2, 3, 4)),
        TensorView.Planar(s_shape, new Border(1, 1, 2, 2), phases: 2),
        TensorView.Planar(s_shape, new Border(0, 0, 1, 0), phases: 3),
        TensorView.Blocked(s_shape),
        TensorView.Blocked(s_shape, new Border(1, 0, 2, 1)),
    ];
}
