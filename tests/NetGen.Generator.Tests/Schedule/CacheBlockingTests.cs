using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using NetGen.Generator.Schedule.Products;
using NetGen.Generator.Tests.Infrastructure;
using Xunit;
using Shape = NetGen.Generator.Graph.TensorShape;

namespace NetGen.Generator.Tests.Schedule;

/// <summary>How products stay in the caches: reductions in parts, tiles of several sizes in one kernel, weights fetched ahead.</summary>
public class CacheBlockingTests
{
    [Theory]
    [InlineData(1024, 256, 14, 8)]
    [InlineData(512, 128, 28, 4)]
    [InlineData(256, 64, 14, 1)]
    [InlineData(64, 256, 56, 1)]
    public void Reductions_are_cut_where_a_tiles_weights_pass_the_first_cache(int inputs, int outputs, int size, int parts) =>
        Assert.Equal(parts, Assert.Single(Kernels(inputs, outputs, size, 1)).Parts);

    [Fact]
    public void Windows_are_cut_between_blocks_of_channels() => Assert.Equal(8, Assert.Single(Kernels(128, 128, 28, 3)).Parts);

    [Fact]
    public void A_cut_reduction_needs_enough_tiles_to_share_each_part() => Assert.All(Kernels(2048, 512, 7, 1), kernel => Assert.Equal(1, kernel.Parts));

    [Fact]
    public void A_large_left_operand_is_cut_for_the_second_cache() => Assert.Equal(2, Assert.Single(Kernels(256, 512, 28, 1, stride: 2)).Parts);

    [Fact]
    public void The_parts_of_an_uneven_reduction_cover_it()
    {
        ProductKernel kernel = Assert.Single(Kernels(400, 64, 14, 1));
        int extent = kernel.Space.Reduction[0].Loops[0].Extent;
        Assert.True(extent % kernel.Parts > 0);
        string emitted = EmittedConvolution(400, 64, 14);
        Assert.Contains("int inputBlockFirst = part * inputBlocks / parts, inputBlockEnd = (part + 1) * inputBlocks / parts;", emitted);
        Assert.Contains($"inputBlocks: {extent}, parts: {kernel.Parts}", emitted);
    }

    [Fact]
    public void Tiles_of_several_sizes_over_large_weights_are_one_kernels()
    {
        ProductKernel kernel = Assert.Single(Kernels(512, 2048, 7, 1));
        Assert.True(kernel.Tiles.Count > 1);
        Assert.Equal(49, kernel.Tiles.Sum(tile => tile.Region.LeftTiles * tile.Region.LeftTile));
    }

    [Theory]
    [InlineData(512, 256, true)]
    [InlineData(512, 32, false)]
    [InlineData(32, 256, false)]
    public void They_are_where_threads_still_have_enough_to_share(int inputs, int outputs, bool shares) =>
        Assert.Equal(shares, CacheBlocking.SharesRight(Kernels(inputs, outputs, 7, 1)[0]));

    [Fact]
    public void Small_weights_are_not_fetched_ahead()
    {
        Assert.Equal(0, CacheBlocking.FloatsAhead(Kernels(64, 64, 14, 1)[0]));
        Assert.True(CacheBlocking.FloatsAhead(Kernels(256, 64, 14, 1)[0]) > 0);
        Assert.True(CacheBlocking.FloatsAhead(Kernels(512, 2048, 7, 1)[0]) > CacheBlocking.FloatsAhead(Kernels(256, 64, 14, 1)[0]));
    }

    private static string EmittedConvolution(int inputs, int outputs, int size) => string.Concat(GeneratorRun.Of($$"""
        using NetGen;
        [Network(Training = false), Input({{inputs}}, {{size}}, {{size}}), Conv2d({{outputs}}, 1)]
        public sealed partial class Net;
        """).Result.GeneratedSources.Select(source => source.SourceText));

    private static List<ProductKernel> Kernels(int inputs, int outputs, int size, int kernel, int stride = 1)
    {
        int padding = kernel / 2;
        var window = new Window2d(kernel, kernel, stride, stride, padding, padding, padding, padding);
        Shape input = new(inputs, size * stride, size * stride);
        var geometry = new ConvolutionGeometry(
            new Conv2dOp(outputs, window, 1, true), input, new(outputs, window.OutputHeight(input.Height), window.OutputWidth(input.Width)));
        TensorView source = ForwardProducts.Source(geometry, TensorView.Blocked(input));
        return ProductKernel.For(ForwardProducts.Calls(geometry, source, geometry.OutputView, null)[0].Space, VectorWidth.V512, UnrollMode.Balanced).ToList();
    }
}
