using System.Collections.Concurrent;
using NetGen.Tests.Networks;
using Xunit;

namespace NetGen.Tests.Training;

public sealed class ParallelismTests
{
    [Fact]
    public void Sweeps_use_more_threads_than_there_are_gradient_buffers() => AssertThreads<Classifier>(threads: 9);

    [Fact]
    public void Sweeps_use_all_threads_where_one_computes_the_gradients() => AssertThreads<Undivided>(threads: 3);

    private static void AssertThreads<TShape>(int threads)
        where TShape : IPerceptronShape
    {
        RecordingOptimizer optimizer = new();
        using Trainer<Perceptron<TShape>> trainer = new(new(1), optimizer, new TrainerOptions { DegreeOfParallelism = threads });
        ConcurrentDictionary<int, int> losses = [];
        for (int step = 0; step < 3; step++)
        {
            optimizer.Lengths.Clear();
            trainer.ComputeGradients(Batches.Images<TShape>(64), (_, _, _) => losses[Environment.CurrentManagedThreadId] = 1);
            trainer.Update();
            Assert.Equal(threads, optimizer.Lengths.Count);
            Assert.Equal(trainer.Network.State.Definition.ParameterFloats, optimizer.Lengths.Values.Sum());
            Assert.All(optimizer.Lengths.Values, length => Assert.True(length > 0));
        }

        Assert.InRange(losses.Count, 1, TShape.GradientShards);
    }

    /// <summary>Changes nothing, and notes how much each thread was given.</summary>
    private sealed class RecordingOptimizer() : Optimizer(1)
    {
        public ConcurrentDictionary<int, int> Lengths { get; } = [];

        private protected override int MomentCount => 0;

        private protected override void Update(in OptimizerSlice slice, float learningRate, long step) =>
            Assert.True(Lengths.TryAdd(Environment.CurrentManagedThreadId, slice.Length));
    }
}
