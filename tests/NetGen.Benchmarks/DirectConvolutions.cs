using System.Diagnostics;
using System.Globalization;
using NetGen.Benchmarks.SideBySide;

namespace NetGen.Benchmarks;

/// <summary>
/// What direct 3×3 convolutions reach of the processor's multiply-adds at the width at hand: a pair of networks for each shape, one with
/// eight such layers more, so that their difference is that of the layers alone.
/// </summary>
internal static partial class DirectConvolutions
{
    private const int Layers = 8;
    private const int Rounds = 15;

    private static readonly TimeSpan s_block = TimeSpan.FromMilliseconds(60);

    /// <summary>Measures every shape; the result is the process's exit code.</summary>
    public static int Run()
    {
        int bits = FmaPeak.WidestBits;
        Console.WriteLine($"{bits}-bit vectors, {Environment.Version}, one thread; medians of {Rounds} rounds");
        Console.WriteLine("| layer | µs | GFLOP/s | of peak |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Measure<Short32, Long32>(bits);
        Measure<Short64, Long64>(bits);
        Measure<Short128, Long128>(bits);
        Measure<Short256, Long256>(bits);
        Measure<Short512, Long512>(bits);
        return 0;
    }

    private static void Measure<TShort, TLong>(int bits)
        where TShort : class, INetwork<TShort>
        where TLong : class, INetwork<TLong>
    {
        var shorter = new Prediction<TShort>();
        var longer = new Prediction<TLong>();
        var times = new double[Rounds];
        var shares = new double[Rounds];
        double multiplyAdds = (double)(TLong.MultiplyAdds - TShort.MultiplyAdds) / Layers;
        for (int round = 0; round < Rounds; round++)
        {
            double before = FmaPeak.Measure(bits, threads: 1);
            times[round] = (longer.Microseconds() - shorter.Microseconds()) / Layers;
            shares[round] = 2e-3 * multiplyAdds / times[round] / Math.Max(before, FmaPeak.Measure(bits, threads: 1));
        }

        double time = Median(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {TLong.OutputShape} 3×3 | {time:F1} | {2e-3 * multiplyAdds / time:F0} | {Median(shares):P0} |"));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>A network with its memory.</summary>
    private sealed class Prediction<TNetwork>
        where TNetwork : class, INetwork<TNetwork>
    {
        private readonly TNetwork _network = TNetwork.Create(seed: 1);
        private readonly float[] _image = [.. Enumerable.Range(0, TNetwork.InputLength).Select(i => (float)Math.Sin(i))];
        private readonly float[] _output = new float[TNetwork.OutputLength];

        /// <summary>The median time of a call over one block.</summary>
        public double Microseconds()
        {
            var times = new List<double>();
            var block = Stopwatch.StartNew();
            while (block.Elapsed < s_block || times.Count < 3)
            {
                long start = Stopwatch.GetTimestamp();
                _network.Predict(_image, _output);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            return Median([.. times]);
        }
    }

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(32, 56, 56), Conv2d(32, 3, Padding = 1), ReLU]
    private sealed partial class Short32;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(32, 56, 56), Conv2d(32, 3, Padding = 1), ReLU]
    [Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU]
    [Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU]
    private sealed partial class Long32;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(64, 56, 56), Conv2d(64, 3, Padding = 1), ReLU]
    private sealed partial class Short64;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(64, 56, 56), Conv2d(64, 3, Padding = 1), ReLU]
    [Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU]
    [Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU, Conv2d(64, 3, Padding = 1), ReLU]
    private sealed partial class Long64;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(128, 28, 28), Conv2d(128, 3, Padding = 1), ReLU]
    private sealed partial class Short128;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(128, 28, 28), Conv2d(128, 3, Padding = 1), ReLU]
    [Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU]
    [Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU, Conv2d(128, 3, Padding = 1), ReLU]
    private sealed partial class Long128;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(256, 14, 14), Conv2d(256, 3, Padding = 1), ReLU]
    private sealed partial class Short256;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(256, 14, 14), Conv2d(256, 3, Padding = 1), ReLU]
    [Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU]
    [Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU, Conv2d(256, 3, Padding = 1), ReLU]
    private sealed partial class Long256;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(512, 7, 7), Conv2d(512, 3, Padding = 1), ReLU]
    private sealed partial class Short512;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(512, 7, 7), Conv2d(512, 3, Padding = 1), ReLU]
    [Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU]
    [Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU, Conv2d(512, 3, Padding = 1), ReLU]
    private sealed partial class Long512;
}
