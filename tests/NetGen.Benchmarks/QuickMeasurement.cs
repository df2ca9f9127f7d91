using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Samples;

namespace NetGen.Benchmarks;

/// <summary>
/// Inference and training of a network in about five seconds, for whoever works on a kernel. BenchmarkDotNet's figures are the ones
/// to quote: these have no process of their own and no confidence interval.
/// </summary>
internal static class QuickMeasurement
{
    private const int BatchSize = 64;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, Action> s_networks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lenet5"] = () => Measure<LeNet5>("LeNet-5"),
    };

    /// <summary>Measures the named networks; the result is the process's exit code.</summary>
    public static int Run(string[] names)
    {
        if (names.Length == 0 || !names.All(s_networks.ContainsKey))
        {
            Console.Error.WriteLine($"usage: quick NETWORK..., where NETWORK is one of: {string.Join(", ", s_networks.Keys)}");
            return 2;
        }

        Console.WriteLine($"{WidestVector()}-bit vectors, {Environment.Version}, one thread");
        foreach (string name in names) s_networks[name]();
        return 0;
    }

    private static void Measure<TNetwork>(string name)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 1);
        var random = new Random(1);
        float[] images = [.. Enumerable.Range(0, BatchSize * TNetwork.InputLength).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, BatchSize).Select(_ => random.Next(TNetwork.OutputLength))];
        var output = new float[TNetwork.OutputLength];

        // The clock ticks every few nanoseconds: a hundred calls between its readings make it count for nothing.
        double predict = MedianMicroseconds(100, () => network.Predict(images.AsSpan(0, TNetwork.InputLength), output), out double predictBytes);
        Show(name, "Predict", predict, 1, predictBytes);

        // Weights that learn one batch by heart drive the gradients towards zero, and denormal numbers are slow: they stand still instead.
        using var trainer = new Trainer<TNetwork>(network, new Sgd { LearningRate = 0, Momentum = 0.9f });
        double step = MedianMicroseconds(1, () => trainer.Step(images, labels), out double stepBytes);
        Show(name, $"training step of {BatchSize}", step, BatchSize, stepBytes);
    }

    /// <summary>The median time of a call, and the bytes it allocates.</summary>
    private static double MedianMicroseconds(int calls, Action call, out double bytesPerCall)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_warmUp;) call();

        var times = new List<double>(capacity: 1 << 20);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_span && times.Count < times.Capacity;)
        {
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++) call();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds / calls);
        }

        bytesPerCall = (GC.GetAllocatedBytesForCurrentThread() - allocated) / ((double)times.Count * calls);
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Show(string network, string what, double microseconds, int images, double bytes) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{network}, {what}: median {microseconds:N2} µs, {images * 1e6 / microseconds:N0} images/s, {bytes:0.##} bytes allocated a call"));

    private static int WidestVector() =>
        VectorLanes.Has512 ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
