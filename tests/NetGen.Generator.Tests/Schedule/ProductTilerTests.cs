using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;
using Xunit;
using Shape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Schedule;

public class ProductTilerTests
{
    [Theory]
    [InlineData(64, 64, 56, 512, 28)]
    [InlineData(256, 256, 14, 512, 28)]
    [InlineData(64, 64, 56, 256, 12)]
    [InlineData(32, 48, 30, 128, 12)]
    public void A_middle_layers_tile_fills_the_registers_without_spilling(int inputs, int outputs, int size, int bits, int accumulators)
    {
        VectorWidth width = VectorWidth.All.Single(w => w.Bits == bits);
        ProductSpace space = Convolution(inputs, outputs, size, kernel: 3, pad: 1);
        ProductTiling tiling = ProductTiler.Choose(space, width);
        int left = Product(tiling.Left), right = Product(tiling.Right);
        Assert.InRange(left * right, accumulators, width.Registers);
        Assert.True(ProductTiler.Registers(space, left, right, tiling.Sets) <= width.Registers);
    }

    [Fact]
    public void A_single_row_of_outputs_gets_several_sets_of_accumulators()
    {
        var geometry = new LinearGeometry(new LinearOp(10, HasBias: true), TensorView.Vector(84), Images: 1);
        ProductTiling tiling = ProductTiler.Choose(geometry.Forward(96, 16, null).Space, VectorWidth.V512);
        Assert.Equal(10, tiling.Sets * Product(tiling.Left) * Product(tiling.Right));
    }

    [Theory]
    [InlineData(9216, 4096, 512, 8, 1)]
    [InlineData(9216, 4096, 256, 4, 2)]
    [InlineData(9216, 4096, 128, 2, 4)]
    [InlineData(9216, 128, 512, 4, 1)]
    public void Weights_from_afar_are_read_side_by_side_by_whole_rows_as_far_as_two_threads_have_something_left_to_share(
        int inputs, int outputs, int bits, int blocks, int vectors)
    {
        VectorWidth width = VectorWidth.All.Single(w => w.Bits == bits);
        var geometry = new LinearGeometry(new LinearOp(outputs, HasBias: true), TensorView.Vector(inputs), Images: 1);
        ProductTiling tiling = ProductTiler.Choose(geometry.Forward(inputs, outputs, null).Space, width);
        Assert.Equal([blocks, vectors], tiling.Right);
    }

    [Theory]
    [InlineData(1, 6, 28, 5, 2)]
    [InlineData(6, 16, 14, 5, 0)]
    [InlineData(3, 17, 13, 7, 3)]
    [InlineData(20, 33, 11, 2, 0)]
    public void Regions_cover_every_result_once(int inputs, int outputs, int size, int kernel, int pad)
    {
        ProductSpace space = Convolution(inputs, outputs, size, kernel, pad);
        foreach (VectorWidth width in VectorWidth.All)
        {
            var seen = new HashSet<int>();
            foreach (ProductRegion region in ProductRegion.Cover(space, ProductTiler.Choose(space, width), width))
            {
                foreach (int offset in Offsets(region.Left.Concat(region.Right)))
                {
                    Assert.True(seen.Add(offset));
                }
            }

            long expected = space.LeftAxes.Concat(space.RightAxes).Aggregate(1L, (product, axis) => product * axis.InVectors(width).Extent);
            Assert.Equal(expected, seen.Count);
        }
    }

    private static IEnumerable<int> Offsets(IEnumerable<AxisSegment> segments)
    {
        IEnumerable<int> offsets = [0];
        foreach (AxisSegment segment in segments)
        {
            offsets = offsets.SelectMany(offset => Enumerable.Range(segment.Start, segment.Trips * segment.Tile)
                .Select(i => offset + (i * segment.Axis.DestinationStep))).ToList();
        }

        return offsets;
    }

    private static ProductSpace Convolution(int inputs, int outputs, int size, int kernel, int pad)
    {
        var window = new Window2d(kernel, kernel, 1, 1, pad, pad, pad, pad);
        var input = new Shape(inputs, size, size);
        var op = new Conv2dOp(outputs, window, Groups: 1, HasBias: true);
        var geometry = new ConvolutionGeometry(op, input, op.InferShape(EquatableArray.Of(input)));
        TensorView source = ForwardProducts.Source(geometry, TensorView.Blocked(input));
        return ForwardProducts.Calls(geometry, source, geometry.OutputView, null).Single().Space;
    }

    private static int Product(EquatableArray<int> tiles) => tiles.Aggregate(1, (product, tile) => product * tile);
}
