using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class DeterminismTests
{
    public static TheoryData<int, int> Cases
    {
        get
        {
            TheoryData<int, int> cases = [];
            foreach (int threads in new[] { 2, 3, 4, 9 })
            {
                foreach (int count in new[] { 1, 4, 5, 16, 37, 64 })
                {
                    cases.Add(threads, count);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_have_the_same_bits_for_any_number_of_threads(int threads, int count)
    {
        Assert.Equal(Steps<Forgetful>(1, count), Steps<Forgetful>(threads, count));
        Assert.Equal(Steps<Classifier>(1, count), Steps<Classifier>(threads, count));
        Assert.Equal(Steps<Undivided>(1, count), Steps<Undivided>(threads, count));
    }

    [Fact]
    public void Fits_have_the_same_bits_for_any_number_of_threads()
    {
        (float[] parameters, EpochResult[] epochs) = Fit(1, 7);
        foreach (int threads in new[] { 2, 4 })
        {
            (float[] others, EpochResult[] otherEpochs) = Fit(threads, 7);
            Assert.Equal(parameters, others);
            Assert.Equal(epochs.Select(Numbers), otherEpochs.Select(Numbers));
        }

        Assert.NotEqual(parameters, Fit(1, 8).Parameters);
    }

    [Fact]
    public void A_step_is_gradients_and_an_update()
    {
        float[] images = Batches.Images<Classifier>(23);
        int[] labels = Batches.Labels<Classifier>(23);
        using Trainer<Perceptron<Classifier>> one = new(new(1), new Adam());
        using Trainer<Perceptron<Classifier>> two = new(new(1), new Adam(), new TrainerOptions { DegreeOfParallelism = 2 });
        for (int step = 0; step < 5; step++)
        {
            float loss = one.Step(images, labels);
            Assert.Equal(loss, two.ComputeGradients(images, labels));
            two.Update();
        }

        Assert.Equal(Batches.Values(one.Network.Parameters), Batches.Values(two.Network.Parameters));
        Assert.Equal((5, 5), (one.StepCount, two.StepCount));
    }

    [Fact]
    public void Two_fits_go_on_where_one_would()
    {
        ArrayDataset train = Batches.Learnable<Forgetful>(50, 1);
        using Trainer<Perceptron<Forgetful>> once = new(new(1), new Adam());
        using Trainer<Perceptron<Forgetful>> twice = new(new(1), new Adam());
        EpochResult[] epochs = [.. once.Fit(train, epochs: 3)];
        EpochResult[] parts = [.. twice.Fit(train), .. twice.Fit(train, epochs: 2)];
        Assert.Equal([1, 2, 3], parts.Select(epoch => epoch.Epoch));
        Assert.Equal(epochs.Select(Numbers), parts.Select(Numbers));
        Assert.Equal(Batches.Values(once.Network.Parameters), Batches.Values(twice.Network.Parameters));
    }

    [Fact]
    public void Every_step_drops_other_values()
    {
        float[] images = Batches.Images<Forgetful>(8);
        int[] labels = Batches.Labels<Forgetful>(8);
        using Trainer<Perceptron<Forgetful>> trainer = new(new(1), new Sgd());
        Assert.NotEqual(trainer.ComputeGradients(images, labels), trainer.ComputeGradients(images, labels));
        using Trainer<Perceptron<Forgetful>> sure = new(new(1), new Sgd(), new TrainerOptions { Seed = 1 });
        using Trainer<Perceptron<Forgetful>> same = new(new(1), new Sgd(), new TrainerOptions { Seed = 1 });
        Assert.Equal(sure.ComputeGradients(images, labels), same.ComputeGradients(images, labels));
    }

    private static (int Epoch, double Loss, double Accuracy, double? TestLoss, double? TestAccuracy) Numbers(EpochResult epoch) =>
        (epoch.Epoch, epoch.TrainLoss, epoch.TrainAccuracy, epoch.TestLoss, epoch.TestAccuracy);

    private static float[] Steps<TShape>(int threads, int count)
        where TShape : IPerceptronShape
    {
        using Trainer<Perceptron<TShape>> trainer = new(
            new(1), new Sgd { LearningRate = 0.1f, Momentum = 0.9 }, new TrainerOptions { DegreeOfParallelism = threads });
        List<float> losses = [];
        for (int step = 0; step < 4; step++)
        {
            losses.Add(trainer.Step(Batches.Images<TShape>(count, step), Batches.Labels<TShape>(count, step)));
        }

        return [.. losses, .. Batches.Values(trainer.Gradients), .. Batches.Values(trainer.Network.Parameters)];
    }

    private static (float[] Parameters, EpochResult[] Epochs) Fit(int threads, int seed)
    {
        TrainerOptions options = new() { BatchSize = 24, Seed = seed, DegreeOfParallelism = threads };
        using Trainer<Perceptron<Forgetful>> trainer = new(new(1), new Adam { LearningRate = 0.01f }, options);
        EpochResult[] epochs = [.. trainer.Fit(Batches.Learnable<Forgetful>(100, 1), Batches.Learnable<Forgetful>(30, 2), epochs: 3)];
        return (Batches.Values(trainer.Network.Parameters), epochs);
    }
}
