using BenchmarkDotNet.Attributes;
using Samples;

namespace NetGen.Benchmarks;

/// <summary>How long LeNet-5 takes for one image, on the caller's thread.</summary>
[MemoryDiagnoser]
[MedianColumn]
[ImagesPerSecond(1)]
public class LeNet5Inference
{
    private readonly LeNet5 _network = new(seed: 1);
    private readonly Workspace _workspace = Workspace.For<LeNet5>();
    private readonly float[] _image = new DigitBatch(1).Images;
    private readonly float[] _probabilities = new float[LeNet5.OutputLength];

    [Benchmark(Baseline = true)]
    public void Predict() => _network.Predict(_image, _probabilities);

    [Benchmark]
    public void PredictInOwnWorkspace() => _network.Predict(_image, _probabilities, _workspace);

    [Benchmark]
    public int Classify() => _network.Classify(_image);
}
