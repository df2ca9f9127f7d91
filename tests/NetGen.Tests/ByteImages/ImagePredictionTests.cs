using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.ByteImages;

/// <summary>Predictions from bytes: those of the floats that the declaration makes of them.</summary>
public sealed class ImagePredictionTests
{
    private static readonly double[] s_means = [0.485, 0.456, 0.406];
    private static readonly double[] s_deviations = [0.229, 0.224, 0.225];

    [Fact]
    [Trait("Category", "Numeric")]
    public void Bytes_predict_as_the_floats_that_they_mean()
    {
        PredictsAlike<ColourPixels>(isInterleaved: true, s_means, s_deviations);
        PredictsAlike<ColourPlanes>(isInterleaved: false, s_means, s_deviations);
        PredictsAlike<Grey>(isInterleaved: true, [0.1307], [0.3081]);
        PredictsAlike<WithAlpha>(isInterleaved: true, [0], [0.5, 0.25, 2, 1]);
        PredictsAlike<LargeColourPixels>(isInterleaved: true, [0.5], [1]);
        PredictsAlike<Readings>(isInterleaved: false, [0.5], [1]);
    }

    [Fact]
    public void Threads_share_the_prediction_of_an_image()
    {
        LargeColourPixels network = new(seed: 2);
        byte[] image = new byte[LargeColourPixels.InputLength];
        new Random(1).NextBytes(image);
        float[] expected = new float[5], actual = new float[5];
        network.Predict(image, expected);
        using Workspace workspace = Workspace.For<LargeColourPixels>(threads: 3);
        network.Predict(image, actual, workspace);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Other_lengths_say_what_the_network_takes()
    {
        ColourPixels network = new();
        ThrowsWith.Message<ArgumentException>(
            "ColourPixels takes 189 values (3×9×7), one byte each; the image has 188.", () => network.Predict(new byte[188], new float[5]));
        ThrowsWith.Message<ArgumentException>(
            "ColourPixels takes 189 values (3×9×7), one byte each; the image has 190.", () => network.Classify(new byte[190]));
        ThrowsWith.Message<ArgumentException>(
            "ColourPixels gives 5 values; the output has room for 4.", () => network.Predict(new byte[189], new float[4]));
        ThrowsWith.Message<ArgumentException>(
            $"ColourPixels needs a workspace of {ColourPixels.WorkspaceBytes} bytes; this one has 64.",
            () => network.Predict(new byte[189], new float[5], new Workspace(64)));
        Assert.Throws<ArgumentNullException>(() => network.Predict(new byte[189], new float[5], null!));
    }

    [Fact]
    public void An_output_in_the_image_is_refused() => ThrowsWith.Message<ArgumentException>(
        "The output of Readings overlaps its image.",
        () =>
        {
            Span<float> memory = new float[12];
            new Readings().Predict(System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory)[..40], memory[8..]);
        });

    [Fact]
    public void A_workspace_in_use_is_refused_and_keeps_what_its_user_needs()
    {
        ColourPixels network = new();
        Workspace workspace = Workspace.For<ColourPixels>();
        float[] output = new float[5];
        network.Predict(new byte[189], output, workspace);
        float[] before = workspace.Span.ToArray();
        workspace.Enter();
        ThrowsWith.Message<InvalidOperationException>(
            "Another call is using this workspace.", () => network.Predict([.. Enumerable.Repeat((byte)9, 189)], output, workspace));
        Assert.Equal(before, workspace.Span.ToArray());
        workspace.Exit();
        network.Predict(new byte[189], output, workspace);
    }

    [Fact]
    public void Warm_predictions_from_bytes_allocate_nothing()
    {
        ColourPixels network = new();
        Workspace workspace = Workspace.For<ColourPixels>();
        byte[] image = new byte[189];
        float[] output = new float[5];
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                network.Predict(image, output);
                network.Predict(image, output, workspace);
                network.Classify(image);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void After_warming_up_the_first_prediction_allocates_nothing()
    {
        // The other tests have compiled the code: what is left is memory.
        ColourPixels images = new();
        LeNet5 floats = new();
        byte[] image = new byte[189];
        float[] input = new float[LeNet5.InputLength];
        images.Classify(image);
        floats.Classify(input);
        (images, floats) = (new(), new());
        images.Warmup();
        floats.Warmup();
        long before = GC.GetAllocatedBytesForCurrentThread();
        images.Classify(image);
        floats.Classify(input);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_weights_take_at_least_their_own_bytes()
    {
        Assert.InRange(ColourPixels.WeightBytes, 4L * ColourPixels.ParameterCount, long.MaxValue);
        Assert.Equal(ColourPixels.WeightBytes, WeightBytesOf<ColourPixels>());
    }

    private static long WeightBytesOf<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.WeightBytes;

    private static void PredictsAlike<TNetwork>(bool isInterleaved, double[] means, double[] deviations)
        where TNetwork : class, IImageNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 3);
        TensorShape shape = TNetwork.InputShape;
        int pixels = shape.Height * shape.Width;
        byte[] image = new byte[shape.Length];
        new Random(7).NextBytes(image);
        (image[0], image[^1]) = (byte.MaxValue, byte.MinValue);
        float[] input = new float[image.Length];
        for (int i = 0; i < input.Length; i++)
        {
            int channel = isInterleaved ? i % shape.Channels : i / pixels;
            double mean = means[channel % means.Length], deviation = deviations[channel % deviations.Length];
            float value = (image[i] * (float)(1 / (255 * deviation))) + (float)(-mean / deviation);
            Assert.Equal((image[i] / 255.0 - mean) / deviation, value, 1e-6 * (1 + Math.Abs(mean)) / deviation);
            input[isInterleaved ? (channel * pixels) + (i / shape.Channels) : i] = value;
        }

        float[] expected = new float[TNetwork.OutputLength], actual = new float[TNetwork.OutputLength];
        network.Predict(input, expected);
        network.Predict(image, actual);
        Assert.Equal(expected, actual);
        network.Predict(image, actual, Workspace.For<TNetwork>());
        Assert.Equal(expected, actual);
        Assert.Equal(network.Classify(input), network.Classify(image));
        Assert.Contains(expected, value => value != 0);
    }
}
