using System.Diagnostics;

namespace NetGen;

/// <summary>
/// Finds out whether a network's predictions gain from a team of threads, by the times of the first ones: waking a parked thread takes
/// 11 to 42 µs, and how long a network takes alone differs between machines by far more than that. The outputs are the same either way.
/// </summary>
internal sealed class TeamTrial
{
    /// <summary>The calls that compile the kernels and fill the caches.</summary>
    private const int WarmUpCalls = 2;

    /// <summary>Calls by which each of the two is judged; the fastest counts.</summary>
    private const int TimedCalls = 5;

    /// <summary>
    /// A prediction that takes the team longer has work enough for it, and the caller need not wait for one thread's. Below it counts over how
    /// many steps the work is spread: a network of fifty small convolutions can take a team 0.6 ms and one thread 0.4.
    /// </summary>
    private static readonly TimeSpan s_surelyWorthwhile = TimeSpan.FromMilliseconds(5);

    private int _teamCalls;
    private int _aloneCalls;
    private long _teamTicks;
    private long _aloneTicks;

    public TeamTrial() => Restart();

    /// <summary>Whether the trial is over.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether the next prediction is the team's.</summary>
    public bool TakesTeam { get; private set; }

    /// <summary>Forgets what was measured.</summary>
    public void Restart()
    {
        _teamCalls = -WarmUpCalls;
        _aloneCalls = 0;
        _teamTicks = _aloneTicks = long.MaxValue;
        IsSettled = false;
        TakesTeam = true;
    }

    /// <summary>Takes note of how long the prediction took that <see cref="TakesTeam"/> was asked for.</summary>
    /// <param name="ticks">Ticks of <see cref="Stopwatch"/>.</param>
    public void Record(long ticks)
    {
        if (TakesTeam)
        {
            _teamTicks = _teamCalls++ < 0 ? long.MaxValue : Math.Min(_teamTicks, ticks);
            if (_teamCalls == TimedCalls)
            {
                IsSettled = _teamTicks > s_surelyWorthwhile.TotalSeconds * Stopwatch.Frequency;
                TakesTeam = IsSettled;
            }
        }
        else
        {
            _aloneTicks = Math.Min(_aloneTicks, ticks);
            if (++_aloneCalls == TimedCalls)
            {
                IsSettled = true;
                TakesTeam = _teamTicks < _aloneTicks;
            }
        }
    }
}
