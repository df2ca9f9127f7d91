using System.Diagnostics;
using System.Globalization;
using Samples.Zoo;

namespace NetGen.Benchmarks;

/// <summary>What <c>PredictBatch</c> gains over as many single calls, in turn in one process on the caller's thread.</summary>
internal static class BatchThroughput
{
    private const int Images = 16;
    private const int FewestRounds = 5;

    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(6);

    public static int Run()
    {
        Measure<AlexNet>();
        Measure<Vgg16>();
        return 0;
    }

    private static void Measure<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 1);
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, Images * TNetwork.InputLength).Select(_ => random.NextSingle())];
        float[] outputs = new float[Images * TNetwork.OutputLength];
        using Workspace workspace = Workspace.ForBatches<TNetwork>();
        network.PredictBatch(inputs, outputs, Images, workspace);
        PredictSingly();

        var batches = new List<double>();
        var singles = new List<double>();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_span || batches.Count < FewestRounds;)
        {
            batches.Add(Milliseconds(() => network.PredictBatch(inputs, outputs, Images, workspace)));
            singles.Add(Milliseconds(PredictSingly));
        }

        double batch = Median(batches), single = Median(singles);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{typeof(TNetwork).Name}: {Images} images in a batch {batch:N0} ms, one by one {single:N0} ms, {single / batch:N2} times the images a second"));

        void PredictSingly()
        {
            for (int i = 0; i < Images; i++)
            {
                network.Predict(
                    inputs.AsSpan(i * TNetwork.InputLength, TNetwork.InputLength), outputs.AsSpan(i * TNetwork.OutputLength, TNetwork.OutputLength), workspace);
            }
        }
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
