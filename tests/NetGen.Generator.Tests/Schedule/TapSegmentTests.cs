using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;
using Xunit;
using Shape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Schedule;

public class TapSegmentTests
{
    [Theory]
    [InlineData(28, 3, 1, 12, 12, "0+12: 1..2, 12+4: 0..2, 16+12: 0..1")]
    [InlineData(28, 3, 1, 24, 24, "0+4: 1..2, 4+20: 1..1, 24+4: 0..1")]
    [InlineData(28, 3, 1, 36, 36, "0+28: 1..1")]
    [InlineData(7, 3, 1, 1, 1, "0+1: 1..2, 1+5: 0..2, 6+1: 0..1")]
    [InlineData(7, 3, 1, 0, 1, "0+5: 0..2")]
    [InlineData(9, 3, 2, 4, 4, "0+2: 1..2, 2+1: 0..2, 3+2: 0..1")]
    [InlineData(2, 2, 1, 4, 1, "0+3: 0..-1, 3+1: 1..1, 4+1: 0..1, 5+1: 0..0, 6+3: 0..-1")]
    public void Neighbours_with_the_same_taps_inside_are_one_segment(int size, int kernel, int stride, int padding, int dilation, string expected)
    {
        int positions = ((size + (2 * padding) - (((kernel - 1) * dilation) + 1)) / stride) + 1;
        IReadOnlyList<TapSegment> segments = TapSegment.Of(positions, size, kernel, stride, padding, dilation);
        Assert.Equal(expected, string.Join(", ", segments.Select(segment =>
            $"{segment.First}+{segment.Count}: {(segment.Taps == 0 ? 0 : segment.FirstTap)}..{(segment.Taps == 0 ? -1 : segment.FirstTap + segment.Taps - 1)}")));
        Assert.Equal(positions, segments.Sum(segment => segment.Count));
    }

    [Theory]
    [InlineData(28, 12, 9)]
    [InlineData(28, 24, 9)]
    [InlineData(28, 36, 1)]
    [InlineData(28, 2, 0)]
    [InlineData(7, 1, 0)]
    [InlineData(4, 1, 0)]
    public void Wide_padding_is_skipped_and_its_border_not_copied(int size, int dilation, int calls)
    {
        var input = new Shape(256, size, size);
        ConvolutionGeometry geometry = Geometry(input, 256, dilation, dilation);
        TensorView view = TensorView.Blocked(input), source = ForwardProducts.Source(geometry, view);
        IReadOnlyList<ProductCall> products = ForwardProducts.Calls(geometry, source, geometry.OutputView, null);

        Assert.Equal(calls > 0, source == view);
        Assert.Equal(Math.Max(1, calls), products.Count);
        Assert.Equal(size * size, products.Sum(call => call.Space.LeftAxes.Aggregate(1, (pixels, axis) => pixels * axis.Extent)));
        Assert.NotEqual(view, WeightGradientProducts.Source(geometry, view));
    }

    // What the numeric tests check: EdgeShapes has them under these names.
    [Theory]
    [InlineData("DilatedBeyondTheImage", 32, 9, 10, 40, 11, 11, 1, 1, 1)]
    [InlineData("DilatedIntoThePadding", 35, 12, 14, 33, 6, 8, 1, 1, 6)]
    [InlineData("DilatedIntoThePaddingAndStrided", 16, 17, 16, 48, 8, 10, 2, 1, 9)]
    [InlineData("DilatedGroupsIntoThePadding", 64, 10, 11, 32, 6, 6, 1, 2, 9)]
    [InlineData("DilatedIntoThePaddingAndAdded", 32, 11, 9, 32, 5, 5, 1, 1, 9)]
    [InlineData("DilatedIntoThePadding of LongReductions", 192, 12, 12, 40, 6, 6, 1, 1, 4)]
    public void Shapes_of_numeric_tests_are_cut(
        string name, int channels, int height, int width, int outputs, int dilationH, int dilationW, int stride, int groups, int calls)
    {
        var input = new Shape(channels, height, width);
        ConvolutionGeometry geometry = Geometry(input, outputs, dilationH, dilationW, stride, groups);
        TensorView source = ForwardProducts.Source(geometry, TensorView.Blocked(input));
        Assert.True(calls == ForwardProducts.Calls(geometry, source, geometry.OutputView, null).Count, name);
    }

    /// <summary>A 3×3 convolution padded by its dilation.</summary>
    private static ConvolutionGeometry Geometry(Shape input, int outputs, int dilationH, int dilationW, int stride = 1, int groups = 1)
    {
        var window = new Window2d(3, 3, stride, stride, dilationH, dilationH, dilationW, dilationW, dilationH, dilationW);
        var convolution = new Conv2dOp(outputs, window, groups, HasBias: true);
        return new ConvolutionGeometry(convolution, input, convolution.InferShape(EquatableArray.Of(input)));
    }
}
