using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Networks;

public sealed class PredictionTests
{
    private readonly Perceptron<Classifier> _network = new(3);
    private readonly float[] _input = [.. Enumerable.Range(0, 18).Select(i => MathF.Sin(i))];

    [Fact]
    public void Wrong_lengths_say_what_the_network_takes()
    {
        ThrowsWith.Message<ArgumentException>(
            "Classifier takes 18 values (2×3×3); the input has 17.", () => _network.Predict(_input.AsSpan(1), new float[5]));
        ThrowsWith.Message<ArgumentException>(
            "Classifier gives 5 values; the output has room for 4.", () => _network.Predict(_input, new float[4]));
        ThrowsWith.Message<ArgumentException>(
            "Classifier takes 18 values (2×3×3); the input has 19.", () => _network.Classify(new float[19]));
        ThrowsWith.Message<ArgumentException>(
            "YesNo gives 1 value; the output has room for 2.", () => new Perceptron<YesNo>(0).Predict(new float[2], new float[2]));
    }

    [Fact]
    public void Overlapping_spans_are_refused()
    {
        float[] both = new float[20];
        ThrowsWith.Message<ArgumentException>(
            "The output of Classifier overlaps its input.", () => _network.Predict(both.AsSpan(0, 18), both.AsSpan(15, 5)));
    }

    [Fact]
    public void A_workspace_has_a_size()
    {
        Assert.Equal(Perceptron<Classifier>.WorkspaceBytes, Workspace.For<Perceptron<Classifier>>().Bytes);
        Assert.Equal(Perceptron<Classifier>.WorkspaceBytes, Workspace.RequiredBytes<Perceptron<Classifier>>(3));
        Assert.Equal(8, new Workspace(5).Bytes);
        ThrowsWith.Message<ArgumentOutOfRangeException>("Workspace.For<TNetwork>()", () => new Workspace(0));
        ThrowsWith.Message<ArgumentOutOfRangeException>("A workspace has 1 to", () => new Workspace(long.MaxValue));
        ThrowsWith.Message<ArgumentOutOfRangeException>(
            "The number of threads is at least 1.", () => Workspace.RequiredBytes<Perceptron<Classifier>>(0));
        Assert.Throws<ArgumentNullException>(() => _network.Predict(_input, new float[5], null!));
    }

    [Fact]
    public void A_workspace_too_small_tells_both_sizes() =>
        ThrowsWith.Message<ArgumentException>(
            "Classifier needs a workspace of 148 bytes; this one has 64. Make it with Workspace.For<Classifier>().",
            () => _network.Predict(_input, new float[5], new Workspace(64)));

    [Fact]
    public void A_workspace_in_use_is_refused_and_serves_again_afterwards()
    {
        Workspace workspace = Workspace.For<Perceptron<Classifier>>();
        float[] output = new float[5];
        _network.State.Enter(workspace, _input, output);
        ThrowsWith.Message<InvalidOperationException>(
            "Another call is using this workspace.", () => _network.Predict(_input, output, workspace));
        _network.State.Exit(workspace);
        _network.Predict(_input, output, workspace);
        Assert.Equal(1, output.Sum(), 5);
    }

    [Fact]
    public void A_larger_workspace_serves_any_network()
    {
        Workspace workspace = new(4096);
        float[] own = new float[5];
        float[] pooled = new float[5];
        _network.Predict(_input, own, workspace);
        new Perceptron<YesNo>(0).Predict([1, 2], new float[1], workspace);
        _network.Predict(_input, pooled);
        Assert.Equal(pooled, own);
    }

    [Fact]
    public void The_class_is_the_first_greatest_output()
    {
        NetworkState state = _network.State;
        Assert.Equal(2, state.PredictedClass([0, 1, 5, 5, 2]));
        Assert.Equal(0, state.PredictedClass([1, 1, 1, 1, 1]));
        float[] output = new float[5];
        _network.Predict(_input, output);
        Assert.Equal(Array.IndexOf(output, output.Max()), _network.Classify(_input));
    }

    [Fact]
    public void The_class_of_one_sigmoid_is_whether_it_is_above_a_half()
    {
        NetworkState state = new Perceptron<YesNo>(0).State;
        Assert.Equal(1, state.PredictedClass([0.51f]));
        Assert.Equal(0, state.PredictedClass([0.5f]));
    }

    [Fact]
    public void Predictions_allocate_nothing_once_warm()
    {
        float[] output = new float[5];
        Workspace workspace = Workspace.For<Perceptron<Classifier>>();
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                _network.Predict(_input, output);
                _network.Predict(_input, output, workspace);
                _network.Classify(_input);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Concurrent_predictions_agree_and_allocate_nothing_once_there_is_a_workspace_for_each()
    {
        float[] expected = new float[5];
        _network.Predict(_input, expected);
        const int Threads = 8;
        using Barrier barrier = new(Threads);
        long[] allocated = new long[Threads];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            float[] output = new float[5];
            // As many workspaces as threads, before anything is counted.
            Workspace own = _network.State.RentWorkspace();
            barrier.SignalAndWait();
            _network.State.ReturnWorkspace(own);
            _network.Predict(_input, output);
            barrier.SignalAndWait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2000; i++)
            {
                _network.Predict(_input, output);
                if (!output.AsSpan().SequenceEqual(expected))
                {
                    Interlocked.Increment(ref wrong);
                }
            }

            allocated[t] = GC.GetAllocatedBytesForCurrentThread() - before;
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
        Assert.Equal(new long[Threads], allocated);
    }
}
