using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Counts what the whole process allocates, and therefore runs alone.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_warm_step_allocates_nothing(int threads)
    {
        float[] images = Batches.Images<Classifier>(37);
        int[] labels = Batches.Labels<Classifier>(37);
        float[] targets = Batches.Targets<Classifier>(37);
        foreach (Optimizer optimizer in new Optimizer[] { new Sgd { Momentum = 0.9 }, new Adam(), new AdamW(), new RmsProp { Momentum = 0.5 }, new Adagrad() })
        {
            TrainerOptions options = new() { DegreeOfParallelism = threads, Schedule = LearningRateSchedule.Cosine(100).WithWarmUp(10) };
            using Trainer<Perceptron<Classifier>> trainer = new(new(1), optimizer, options);
            AssertAllocatesNothing(() =>
            {
                trainer.Step(images, labels);
                trainer.Step(images.AsSpan(0, 180), labels.AsSpan(0, 10));
                trainer.ComputeGradients(images, targets);
                trainer.Update();
                trainer.ComputeGradients(images, OwnLoss);
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Threads_that_park_between_steps_allocate_nothing(int threads)
    {
        float[] images = Batches.Images<Classifier>(37);
        int[] labels = Batches.Labels<Classifier>(37);
        using Trainer<Perceptron<Classifier>> trainer = new(new(1), new Sgd(), new TrainerOptions { DegreeOfParallelism = threads });
        AssertAllocatesNothing(() =>
        {
            Thread.Sleep(2);
            trainer.Step(images, labels);
        });
    }

    // The test runner's own threads may allocate now and then; what a step allocates would show in every round.
    private static void AssertAllocatesNothing(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 100 && least > 0; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < 10; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    private static float OwnLoss(int index, ReadOnlySpan<float> output, Span<float> outputGradient)
    {
        outputGradient[0] = 1;
        return output[0];
    }
}
