using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.LeNet;

/// <summary>What emitted code allocates once warm: nothing, on the caller's thread or on several at once.</summary>
public sealed class AllocationTests
{
    private const int Callers = 4;

    [Fact]
    public void A_warm_training_step_allocates_nothing()
    {
        using Trainer<LeNet5> trainer = new(new LeNet5(), new Adam());
        float[] images = new float[40 * LeNet5.InputLength];
        int[] labels = new int[40];

        Assert.Equal(0, BytesOf(() => trainer.Step(images, labels)));
    }

    [Fact]
    public void Warm_predictions_and_classifications_allocate_nothing()
    {
        LeNet5 network = new();
        float[] image = new float[LeNet5.InputLength], output = new float[LeNet5.OutputLength];

        Assert.Equal(0, BytesOf(() =>
        {
            network.Predict(image, output);
            network.Classify(image);
        }));
    }

    [Fact]
    public void Concurrent_callers_get_the_bits_of_one_and_allocate_nothing_once_there_were_as_many()
    {
        LeNet5 network = new(seed: 5);
        float[] image = [.. Enumerable.Range(0, LeNet5.InputLength).Select(i => MathF.Sin(i))];
        float[] expected = new float[LeNet5.OutputLength];
        network.Predict(image, expected);
        using Barrier together = new(Callers);
        long[] bytes = new long[Callers];
        Thread[] threads = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
        {
            float[] output = new float[LeNet5.OutputLength];
            for (int i = 0; i < 200; i++)
            {
                network.Predict(image, output);
            }

            together.SignalAndWait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 200; i++)
            {
                network.Predict(image, output);
            }

            bytes[caller] = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(expected, output);
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        // A workspace is made when more callers meet than ever before; four calls can meet only so often.
        Assert.True(bytes.Sum() <= Callers * (LeNet5.WorkspaceBytes + 1024), string.Join(" ", bytes));
        Assert.Contains(0, bytes);
    }

    private static long BytesOf(Action action)
    {
        for (int i = 0; i < 5; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
