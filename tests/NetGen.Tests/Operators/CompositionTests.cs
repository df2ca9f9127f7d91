using NetGen.Tests.Reference;
using Xunit;
using static NetGen.Tests.Operators.CompositionNetworks;

namespace NetGen.Tests.Operators;

/// <summary>
/// A network is its first part and then its second, forward and backward: what one operator leaves behind a tensor's elements must not
/// reach another's sums. The whole network runs in memory that is full of NaN, its parts in the trainer's.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class CompositionTests
{
    private const int BatchSize = 19;
    private const double Tolerance = 5e-6;

    [Fact]
    public void Convolutions_around_planes() => Compare<Planes, PlanesBefore, PlanesAfter>();

    [Fact]
    public void Convolutions_around_blocks_with_holes() => Compare<Blocks, BlocksBefore, BlocksAfter>();

    [Fact]
    public void A_depthwise_convolution_before_many_planes() => Compare<Depthwise, DepthwiseBefore, DepthwiseAfter>();

    [Fact]
    public void A_map_of_one_pixel_passes_for_a_vector() => Compare<OnePixel, OnePixelBefore, OnePixelAfter>();

    [Fact]
    public void A_convolution_to_one_pixel_passes_for_a_vector() =>
        Compare<ConvolutionToOnePixel, ConvolutionToOnePixelBefore, ConvolutionToOnePixelAfter>();

    [Fact]
    public void A_softmax_between_matrix_products() => Compare<Attention, AttentionBefore, AttentionAfter>();

    [Fact]
    public void A_softmax_of_maps_between_convolutions() => Compare<Segmentation, SegmentationBefore, SegmentationAfter>();

    private static void Compare<TWhole, TBefore, TAfter>()
        where TWhole : class, ITrainableNetwork<TWhole>
        where TBefore : class, ITrainableNetwork<TBefore>
        where TAfter : class, ITrainableNetwork<TAfter>
    {
        using DeclaredNetwork<TWhole> whole = new();
        using DeclaredNetwork<TBefore> before = new();
        using DeclaredNetwork<TAfter> after = new();
        Parameter[] parts = [.. before.Parameters, .. after.Parameters];
        foreach ((Parameter parameter, Parameter part) in whole.Parameters.Zip(parts))
        {
            part.CopyFrom(parameter.ToArray());
        }

        float[] images = Images.Smooth(BatchSize * TWhole.InputLength, 1);
        float[] outputGradients = Images.Smooth(BatchSize * TWhole.OutputLength, 2);

        float[] predictions = whole.Predict(images);
        (float[] outputs, float[] gradients) = whole.TrainInDirtyMemory(images, outputGradients);
        float[] between = before.Predict(images);
        (float[] expectedOutputs, float[] gradientsBetween) = after.Train(between, outputGradients);
        (_, float[] expectedGradients) = before.Train(images, gradientsBetween);

        double[] expected = ReferenceNetwork.Doubles(expectedOutputs);
        Close.Assert(expected, predictions, Tolerance);
        Close.Assert(expected, outputs, Tolerance);
        Close.Assert(ReferenceNetwork.Doubles(expectedGradients), gradients, Tolerance);
        Parameter[] partGradients = [.. before.Gradients, .. after.Gradients];
        Assert.Equal(partGradients.Length, whole.GradientsInDirtyMemory.Count);
        foreach ((Parameter gradient, Parameter part) in whole.GradientsInDirtyMemory.Zip(partGradients))
        {
            Close.Assert(ReferenceNetwork.Doubles(part.ToArray()), gradient.ToArray(), Tolerance);
        }

        // The room between parameters has no gradient, or the optimizer would fill it with values.
        int elements = whole.GradientsInDirtyMemory.Sum(gradient => gradient.ToArray().Count(value => value != 0));
        Assert.Equal(elements, whole.GradientBlock.ToArray().Count(value => value != 0));
    }
}
