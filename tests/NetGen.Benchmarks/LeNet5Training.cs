using BenchmarkDotNet.Attributes;
using Samples;

namespace NetGen.Benchmarks;

/// <summary>How long LeNet-5 takes for one training step of 64 images, on the caller's thread.</summary>
[MemoryDiagnoser]
[MedianColumn]
[ImagesPerSecond(BatchSize)]
public class LeNet5Training : IDisposable
{
    private const int BatchSize = 64;

    private readonly DigitBatch _batch = new(BatchSize);

    // Weights that learn one batch by heart drive the gradients towards zero, and denormal numbers are slow: they stand still instead.
    private readonly Trainer<LeNet5> _trainer = new(new LeNet5(seed: 1), new Sgd { LearningRate = 0, Momentum = 0.9f });

    /// <summary>Forward, cross entropy, backward and the optimizer's step.</summary>
    [Benchmark]
    public float Step() => _trainer.Step(_batch.Images, _batch.Labels);

    /// <summary>The same without the optimizer's step.</summary>
    [Benchmark]
    public float ComputeGradients() => _trainer.ComputeGradients(_batch.Images, _batch.Labels);

    [GlobalCleanup]
    public void Dispose()
    {
        _trainer.Dispose();
        GC.SuppressFinalize(this);
    }
}
