using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Convolution;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

/// <summary>Which algorithm a convolution's shape calls for, and how its memory follows from that.</summary>
public class ConvolutionCostTests
{
    [Theory]
    [InlineData(64, 64, 224, 4)]
    [InlineData(64, 64, 56, 4)]
    [InlineData(256, 256, 56, 4)]
    [InlineData(512, 512, 28, 4)]
    [InlineData(512, 512, 14, 2)]
    [InlineData(256, 256, 8, 2)]
    public void Windows_of_three_take_the_larger_tile_unless_its_weights_cost_more_than_they_save(int inputs, int outputs, int size, int side) =>
        Assert.Equal(side, Choose(inputs, outputs, size, 3)?.Side);

    [Fact]
    public void Windows_of_five_have_tiles_of_two() => Assert.Equal((2, 6), (Choose(64, 192, 27, 5)?.Side, Choose(64, 192, 27, 5)?.TileSide));

    [Theory]
    [InlineData(7, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 2)]
    public void Other_windows_strides_and_dilations_are_convolved_directly(int kernel, int stride, int dilation) =>
        Assert.Null(Choose(64, 64, 28, kernel, stride, dilation));

    [Fact]
    public void Few_channels_are_convolved_directly()
    {
        Assert.Null(Choose(3, 64, 224, 3));
        Assert.Null(Choose(64, 3, 56, 3));
    }

    [Fact]
    public void Bands_are_of_equal_length_and_cover_all_tiles()
    {
        WinogradPlan plan = Choose(128, 128, 56, 3)!;
        Assert.Equal(14 * 14, plan.Tiles);
        Assert.InRange((plan.Bands * plan.Band) - plan.Tiles, 0, plan.Bands - 1);
    }

    [Theory]
    [InlineData(16, 32, true)]
    [InlineData(32, 16, true)]
    [InlineData(64, 8, true)]
    [InlineData(64, 224, true)]
    [InlineData(256, 14, false)]
    [InlineData(512, 7, false)]
    public void Threads_have_bands_of_their_own_unless_each_would_read_many_weights(int channels, int size, bool sharesOut)
    {
        WinogradPlan plan = ConvolutionCost.ChooseWinograd(Geometry(channels, channels, size, 3, 1, 1), Blocked(channels, size), MemoryLevel.L3)!;
        Assert.Equal(sharesOut, plan.SharesOutBands);
        Assert.True(!sharesOut || plan.Bands % 2 == 0 || plan.Bands >= 8, $"{plan.Bands} bands keep two threads unequally busy.");
    }

    [Fact]
    public void Threads_share_several_bands_one_after_the_other_where_weights_are_many()
    {
        WinogradPlan plan = Choose(128, 128, 28, 3)!;
        Assert.False(plan.SharesOutBands);
        Assert.InRange(plan.Bands, 2, 7);
    }

    [Theory]
    [InlineData(512, 16, 4)]
    [InlineData(512, 49, 8)]
    [InlineData(64, 49, 1)]
    [InlineData(96, 49, 1)]
    [InlineData(192, 49, 3)]
    [InlineData(176, 49, 1)]
    [InlineData(500, 49, 1)]
    public void Sums_over_channels_are_cut_into_equal_parts_whose_tiles_the_first_cache_holds(int channels, int band, int parts)
    {
        var plan = new WinogradPlan(Geometry(channels, 64, 28, 3, 1, 1), 4, band, IsPooled: false, MemoryLevel.L2);
        Assert.Equal((parts, channels / parts), (plan.Parts, plan.PartChannels));
        Assert.Equal(plan.PackedFloats, plan.Points * plan.Parts * plan.PartChannels * plan.OutputBlocks * TensorView.Block);
    }

    [Fact]
    public void A_pool_leaves_out_the_row_and_column_without_a_partner()
    {
        WinogradPlan plan = ConvolutionCost.ChooseWinograd(Geometry(64, 64, 13, 3, 1, 1), Blocked(64, 13), MemoryLevel.L2, pooled: true)!;
        Assert.Equal((12 + plan.Side - 1) / plan.Side, plan.TileRows);
        Assert.Equal(plan.Side / 2, plan.StoredSide);
    }

    [Fact]
    public void Points_do_not_fall_into_the_same_sets_of_a_cache()
    {
        WinogradPlan plan = Choose(64, 64, 56, 3)!;
        Assert.Equal(1, plan.InputPoint / TensorView.Block % 2);
        Assert.Equal(1, plan.OutputPoint / TensorView.Block % 2);
    }

    [Fact]
    public void The_network_decides_where_weights_come_from()
    {
        Assert.Equal(4, Choose(256, 256, 14, 3)?.Side);
        WinogradPlan plan = Choose(256, 256, 14, 3, weightSource: MemoryLevel.Ram)!;
        Assert.Equal(2, plan.Side);
        Assert.Equal(MemoryLevel.Ram, plan.FirstWeightSource);
    }

    [Theory]
    [InlineData(512, 512, 14)]
    [InlineData(512, 128, 28)]
    [InlineData(256, 1024, 14)]
    [InlineData(736, 736, 19)]
    public void Products_of_many_channels_are_taken_by_halves(int inputs, int outputs, int size) => Assert.NotNull(ChooseStrassen(inputs, outputs, size));

    [Theory]
    [InlineData(32, 192, 28)]
    [InlineData(256, 24, 28)]
    [InlineData(960, 320, 7)]
    [InlineData(512, 512, 1)]
    public void Sums_of_halves_have_to_pay(int inputs, int outputs, int size) => Assert.Null(ChooseStrassen(inputs, outputs, size));

    [Theory]
    [InlineData(512 - 16, 512, 1, 1)]
    [InlineData(512 - 6, 512, 1, 1)]
    [InlineData(512, 512 + 16, 1, 1)]
    [InlineData(512, 512, 3, 1)]
    [InlineData(512, 512, 1, 2)]
    public void Only_pointwise_convolutions_of_pairs_of_blocks_are_halved(int inputs, int outputs, int kernel, int stride) =>
        Assert.Null(ChooseStrassen(inputs, outputs, 14, kernel, stride));

    [Fact]
    public void Weights_from_memory_make_more_of_them_dearer()
    {
        Assert.NotNull(ChooseStrassen(2048, 512, 7));
        Assert.Null(ChooseStrassen(2048, 512, 7, weightSource: MemoryLevel.Ram));
    }

    // The layers of the shared networks of halves are these, so that threads meet every kind of plan.
    [Theory]
    [InlineData(128, 320, 33, StrassenSharing.Products, 3, 5)]
    [InlineData(288, 288, 26, StrassenSharing.Bands, 4, 3)]
    [InlineData(160, 288, 25, StrassenSharing.Products, 5, 1)]
    [InlineData(128, 384, 25, StrassenSharing.Panels, 5, 4)]
    [InlineData(192, 288, 17, StrassenSharing.Panels, 1, 9)]
    [InlineData(256, 288, 16, StrassenSharing.Bands, 2, 3)]
    [InlineData(320, 320, 14, StrassenSharing.Products, 1, 5)]
    public void Threads_share_what_there_is_an_even_number_of(int inputs, int outputs, int size, object sharing, int bands, int panels)
    {
        StrassenPlan plan = ChooseStrassen(inputs, outputs, size, weightSource: MemoryLevel.L3)!;
        Assert.Equal(((StrassenSharing)sharing, bands, panels), (plan.Sharing, plan.Bands, plan.Panels));
    }

    [Theory]
    [InlineData(1024, 64)]
    [InlineData(2048, 128)]
    [InlineData(512, 224)]
    public void Scratch_memory_stays_in_the_caches(int channels, int size)
    {
        StrassenPlan plan = ChooseStrassen(channels, channels, size)!;
        Assert.True(plan.Bands > 1);
        Assert.NotEqual(MemoryLevel.Ram, MemoryLevels.Of(plan.AllFactorFloats + plan.AllProductFloats));
    }

    [Theory]
    [InlineData(6, 18, 18, 4)]
    [InlineData(7, 25, 24, 5)]
    public void A_band_s_second_half_may_be_a_pixel_shorter(int size, int first, int second, int products)
    {
        var plan = new StrassenPlan(Geometry(256, 256, size, 1, 1, 1), 1, 2, MemoryLevel.L2);
        Assert.Equal((first, second), (plan.FirstPixels, plan.SecondPixels));
        Assert.Equal(products, plan.AllProductFloats / plan.ProductFloats);
        Assert.Equal((7 * 128 * 128) + 256, plan.PackedFloats);
    }

    private static StrassenPlan? ChooseStrassen(int inputs, int outputs, int size, int kernel = 1, int stride = 1, MemoryLevel weightSource = MemoryLevel.L2) =>
        ConvolutionCost.ChooseStrassen(Geometry(inputs, outputs, size, kernel, stride, 1), Blocked(inputs, size), weightSource);

    private static WinogradPlan? Choose(
        int inputs, int outputs, int size, int kernel, int stride = 1, int dilation = 1, MemoryLevel weightSource = MemoryLevel.L2) =>
        ConvolutionCost.ChooseWinograd(
            Geometry(inputs, outputs, size, kernel, stride, dilation),
            inputs < TensorView.Block ? TensorView.Planar(new(inputs, size, size)) : Blocked(inputs, size),
            weightSource);

    private static TensorView Blocked(int channels, int size) => TensorView.Blocked(new(channels, size, size));

    private static ConvolutionGeometry Geometry(int inputs, int outputs, int size, int kernel, int stride, int dilation)
    {
        int padding = kernel / 2 * dilation;
        var window = new Window2d(kernel, kernel, stride, stride, padding, padding, padding, padding, dilation, dilation);
        return new ConvolutionGeometry(
            new Conv2dOp(outputs, window, 1, true),
            new(inputs, size, size),
            new(outputs, window.OutputHeight(size), window.OutputWidth(size)));
    }
}
