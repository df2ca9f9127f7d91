using Xunit;
using static NetGen.Tests.Operators.OutputNetworks;

namespace NetGen.Tests.Operators;

/// <summary>Several outputs: each is what a network with that output alone gives.</summary>
[Trait("Category", "Numeric")]
public sealed class OutputTests
{
    private static readonly float[] s_image = Images.Smooth(Detector.InputLength, 1);

    [Fact]
    public void Each_output_is_that_of_a_network_which_has_it_alone()
    {
        Detector detector = new(seed: 3);
        float[] map = new float[Detector.MapLength], classes = new float[Detector.ClassesLength], box = new float[Detector.BoxLength];

        detector.Predict(s_image, map, classes, box);

        Close.Assert(PredictedBy<Map>(detector), map, Close.Forward);
        Close.Assert(PredictedBy<Classes>(detector), classes, Close.Forward);
        Close.Assert(PredictedBy<Box>(detector), box, Close.Forward);
    }

    [Fact]
    public void Generic_code_gets_them_one_behind_the_other()
    {
        Detector detector = new(seed: 3);
        float[] map = new float[Detector.MapLength], classes = new float[Detector.ClassesLength], box = new float[Detector.BoxLength];
        detector.Predict(s_image, map, classes, box, Workspace.For<Detector>());
        float[] expected = [.. map, .. classes, .. box];

        Assert.Equal(expected, Predict(detector, s_image));
        float[] batch = new float[2 * Detector.OutputLength];
        detector.PredictBatch([.. s_image, .. s_image], batch, 2);
        Close.Assert(Array.ConvertAll<float, double>([.. expected, .. expected], value => value), batch, Close.Forward);
        Assert.Equal(Array.IndexOf(map, map.Max()), detector.Classify(s_image));
        Assert.Equal((20 * 9 * 7, 5, 4), (Detector.MapLength, Detector.ClassesLength, Detector.BoxLength));
    }

    [Fact]
    public void An_image_of_bytes_gives_them_too()
    {
        OfPixels network = new(seed: 1);
        byte[] image = new byte[OfPixels.InputLength];
        new Random(1).NextBytes(image);
        float[] before = new float[OfPixels.BeforeLength], after = new float[OfPixels.AfterLength];

        network.Predict(image, before, after);

        Assert.Contains(before, value => value < 0);
        Assert.Equal(before.Select(value => Math.Max(value, 0)), after);
        float[] again = new float[OfPixels.AfterLength];
        network.Predict(image, before, again, Workspace.For<OfPixels>());
        Assert.Equal(after, again);
    }

    [Fact]
    public void A_span_of_another_length_is_refused_by_name()
    {
        Detector detector = new();
        float[] map = new float[Detector.MapLength], classes = new float[5], box = new float[4];
        ThrowsWith.Message<ArgumentException>(
            "The output box of Detector is 4 values; the span has room for 5.", () => detector.Predict(s_image, map, classes, classes));
        ThrowsWith.Message<ArgumentException>(
            "The output map of Detector is 1260 values; the span has room for 4.", () => detector.Predict(s_image, box, classes, box));
        ThrowsWith.Message<ArgumentException>(
            "Detector takes 189 values (3×9×7); the input has 5.", () => detector.Predict(classes, map, classes, box));
        ThrowsWith.Message<ArgumentException>("this one has 64", () => detector.Predict(s_image, map, classes, box, new Workspace(64)));
    }

    [Fact]
    public void A_warm_prediction_allocates_nothing()
    {
        Detector detector = new();
        float[] map = new float[Detector.MapLength], classes = new float[5], box = new float[4];
        detector.Predict(s_image, map, classes, box);
        long before = GC.GetAllocatedBytesForCurrentThread();
        detector.Predict(s_image, map, classes, box);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_declared_loss_is_the_mean_over_all_values_and_one_of_the_callers_own_can_tell_them_apart()
    {
        Detector detector = new(seed: 3);
        using Trainer<Detector> trainer = new(detector, new Sgd());
        float[] output = Predict(detector, s_image);
        float[] targets = [.. output.Select((value, i) => i == 0 ? value + 1 : value)];

        Assert.Equal(1.0 / Detector.OutputLength, trainer.ComputeGradients(s_image, targets), 1e-6);

        trainer.ComputeGradients(s_image, (_, values, gradient) =>
        {
            gradient[^Detector.BoxLength..].Fill(1);
            return values[^1];
        });
        Assert.All(trainer.Gradients["fc1.weight"].ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(trainer.Gradients["fc2.weight"].ToArray(), value => value != 0);
    }

    /// <summary>The prediction of a network with the parameters of another that it has.</summary>
    private static double[] PredictedBy<TNetwork>(Detector detector)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(0);
        foreach (Parameter parameter in network.Parameters)
        {
            parameter.CopyFrom(detector.Parameters[parameter.Name].ToArray());
        }

        return Array.ConvertAll<float, double>(Predict(network, s_image), value => value);
    }

    private static float[] Predict<TNetwork>(TNetwork network, float[] image)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] output = new float[TNetwork.OutputLength];
        network.Predict(image, output);
        return output;
    }
}
