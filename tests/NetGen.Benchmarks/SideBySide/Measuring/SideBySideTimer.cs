using System.Diagnostics;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// Times two engines in turn: blocks of runs alternate, so that both meet the same clock rates and neighbours, and the one that begins
/// changes from round to round.
/// </summary>
internal sealed class SideBySideTimer
{
    private const int Rounds = 10;
    private const int FewestRunsOfBlock = 2;
    private const double WarmUpSeconds = 0.3;
    private const int FewestWarmUpRuns = 3;
    private const double BlockWarmUpSeconds = 0.005;

    // Worker threads that look for more work for a while after a run would take the other engine's processors.
    private const int SpinPauseMilliseconds = 100;

    private readonly int _threads;
    private readonly double _secondsOfBlock;

    /// <param name="threads">Threads of each engine.</param>
    /// <param name="seconds">Time for each engine.</param>
    public SideBySideTimer(int threads, double seconds)
    {
        _threads = threads;
        _secondsOfBlock = seconds / Rounds;
    }

    /// <summary>Median times of a run in microseconds, and the median of the processors' peak in gigaflops meanwhile.</summary>
    public (double First, double Second, double PeakGigaflops) Measure(InferenceEngine first, InferenceEngine second)
    {
        var firstTimes = new List<double>();
        var secondTimes = new List<double>();
        var peaks = new List<double>();
        RunFor(first, WarmUpSeconds, FewestWarmUpRuns, null);
        RunFor(second, WarmUpSeconds, FewestWarmUpRuns, null);
        for (int round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0) MeasureBlock(first, firstTimes);
            MeasureBlock(second, secondTimes);
            if (round % 2 != 0) MeasureBlock(first, firstTimes);

            Pause();
            peaks.Add(FmaPeak.WidestBits == 0 ? 0 : FmaPeak.Measure(FmaPeak.WidestBits, _threads));
        }

        return (Median(firstTimes), Median(secondTimes), Median(peaks));
    }

    private void MeasureBlock(InferenceEngine engine, List<double> microseconds)
    {
        Pause();
        RunFor(engine, BlockWarmUpSeconds, 1, null);
        RunFor(engine, _secondsOfBlock, FewestRunsOfBlock, microseconds);
    }

    private void Pause()
    {
        if (_threads > 1) Thread.Sleep(SpinPauseMilliseconds);
    }

    private static void RunFor(InferenceEngine engine, double seconds, int fewestRuns, List<double>? microseconds)
    {
        double microsecondsOfTick = 1e6 / Stopwatch.Frequency;
        long now = Stopwatch.GetTimestamp(), end = now + (long)(seconds * Stopwatch.Frequency);
        for (int run = 0; run < fewestRuns || now < end; run++)
        {
            long start = Stopwatch.GetTimestamp();
            engine.Run();
            now = Stopwatch.GetTimestamp();
            microseconds?.Add((now - start) * microsecondsOfTick);
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
