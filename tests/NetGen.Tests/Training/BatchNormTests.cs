using NetGen.Tests.Reference;
using Xunit;
using static NetGen.Tests.Training.NormalizedNetworks;

namespace NetGen.Tests.Training;

/// <summary>Batch normalisation in the trainer: whose statistics they are, and what becomes of the running averages.</summary>
public sealed class BatchNormTests
{
    private const int Count = 21;

    [Fact]
    public void Running_averages_follow_the_batch_and_nothing_else()
    {
        using Trainer<Residual> trainer = new(new(1), new AdamW { LearningRate = 0.1f, WeightDecay = 0.5f });
        float[] images = Images(Count);
        (double Mean, double Variance)[] moments = new BatchNorm2dReference(new TensorShape(3, 5, 6))
            .Moments([.. images.Chunk(Residual.InputLength).Select(ReferenceNetwork.Doubles)]);
        double unbias = Count * 30 / (Count * 30 - 1.0);

        trainer.Step(images, Labels(Count));
        Close.Assert([.. moments.Select(moment => 0.25 * moment.Mean)], Value("bn1.running_mean"), Close.Forward);
        Close.Assert([.. moments.Select(moment => 0.75 + 0.25 * unbias * moment.Variance)], Value("bn1.running_var"), Close.Forward);

        trainer.ComputeGradients(images, Labels(Count));
        Close.Assert([.. moments.Select(moment => (1 - 0.75 * 0.75) * moment.Mean)], Value("bn1.running_mean"), Close.Forward);

        float[] Value(string name) => trainer.Network.Parameters[name].ToArray();
    }

    [Fact]
    public void A_batch_without_a_finite_loss_leaves_the_running_averages()
    {
        using Trainer<Residual> trainer = new(new(1), new Sgd());
        float[] images = Images(Count);
        trainer.Step(images, Labels(Count));
        float[] before = Batches.Values(trainer.Network.Parameters);
        images[0] = float.NaN;
        Assert.True(float.IsNaN(trainer.ComputeGradients(images, Labels(Count))));
        Assert.Throws<NotFiniteNumberException>(() => trainer.Step(images, Labels(Count)));
        Assert.Equal(before, Batches.Values(trainer.Network.Parameters));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_no_bit(int threads)
    {
        Assert.Equal(Trained(1), Trained(threads));

        static float[] Trained(int threads)
        {
            using Trainer<Residual> trainer = new(new(1), new Adam(), new TrainerOptions { DegreeOfParallelism = threads });
            for (int step = 0; step < 3; step++)
            {
                trainer.Step(Images(Count + step), Labels(Count + step));
            }

            return Batches.Values(trainer.Network.Parameters);
        }
    }

    [Fact]
    public void Predictions_use_the_averages_of_the_moment()
    {
        using Trainer<Residual> trainer = new(new(1), new Sgd());
        float[] before = Predict(), image = Images(1);
        trainer.ComputeGradients(Images(Count), Labels(Count));
        float[] after = Predict();
        Assert.NotEqual(before, after);

        ReferenceNetwork reference = ReferenceNetwork.Of(typeof(Residual));
        foreach (Parameter parameter in trainer.Network.Parameters)
        {
            ReferenceNetwork.Doubles(parameter.ToArray()).CopyTo(reference.Parameters[parameter.Name].Values, 0);
        }

        Close.Assert(reference.Forward(image), after, 10 * Close.Forward);

        float[] Predict()
        {
            float[] output = new float[Residual.OutputLength];
            trainer.Network.Predict(Images(1), output);
            return output;
        }
    }

    [Fact]
    public void Averages_are_in_files_but_are_not_trained()
    {
        using Trainer<Residual> trainer = new(new(1), new Sgd());
        trainer.Step(Images(Count), Labels(Count));
        Assert.Contains("bn2.running_var", trainer.Network.Parameters.Names);
        Assert.DoesNotContain("bn2.running_var", trainer.Gradients.Names);
        Assert.Contains("bn2.weight", trainer.Gradients.Names);
        Assert.Equal(Residual.ParameterCount, trainer.Gradients.Sum(parameter => parameter.Length));

        using MemoryStream file = new();
        trainer.Network.Save(file);
        file.Position = 0;
        Assert.Equal(Batches.Values(trainer.Network.Parameters), Batches.Values(Residual.Load(file).Parameters));
    }

    [Fact]
    public void One_value_a_channel_has_no_variance()
    {
        using Trainer<OnePixel> trainer = new(new(1), new Sgd());
        ThrowsWith.Message<InvalidOperationException>(
            "bn1 normalises each channel over the batch, and a batch of 1 image with 1 pixel has one value a channel. Train with larger batches.",
            () => { trainer.Step(new float[4], new float[2]); });
        trainer.Step([1, 2, 3, 4, 5, 6, 7, 8], new float[4]);
    }

    private static float[] Images(int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count * Residual.InputLength).Select(_ => 3 * random.NextSingle() - 1)];
    }

    private static int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i * 7 % 4)];
}
