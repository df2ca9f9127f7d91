using System.Diagnostics;
using System.Globalization;
using NetGen;

namespace Samples.Zoo;

/// <summary>The layers, the size and the speed of a network.</summary>
internal static class Overview
{
    private const int FewestCalls = 5;
    private const double Seconds = 0.5;

    public static void Show<TNetwork>(string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        Console.WriteLine(name);
        foreach (string line in LayerTable.Of(typeof(TNetwork))) Console.WriteLine("  " + line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

              input            {TNetwork.InputShape}
              output           {TNetwork.OutputShape}
              parameters       {TNetwork.ParameterCount:N0}
              multiply-adds    {TNetwork.MultiplyAdds:N0}
              workspace bytes  {TNetwork.WorkspaceBytes:N0}
              one image        {MedianMicroseconds(TNetwork.Create(seed: 1)):N1} µs

            """));
    }

    private static double MedianMicroseconds<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var random = new Random(1);
        var image = new float[TNetwork.InputLength];
        var output = new float[TNetwork.OutputLength];
        for (int i = 0; i < image.Length; i++) image[i] = random.NextSingle();

        // The first call pays for the JIT's compilation and for the workspace that the network keeps from then on.
        network.Predict(image, output);
        var microseconds = new List<double>();
        for (long begin = Stopwatch.GetTimestamp();
             microseconds.Count < FewestCalls || Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds;)
        {
            long start = Stopwatch.GetTimestamp();
            network.Predict(image, output);
            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        microseconds.Sort();
        return microseconds[microseconds.Count / 2];
    }
}
