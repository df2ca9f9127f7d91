using System.Diagnostics;

namespace NetGen;

/// <summary>
/// Finds out whether a network's predictions gain from a team of threads, by the times of some of them: waking a parked thread takes
/// 11 to 42 µs, and how long a network takes alone differs between machines by far more than that. The outputs are the same either way.
/// </summary>
/// <remarks>
/// Another program's thread on one of the processors spoils a whole trial, which lasts milliseconds. A verdict is therefore tried again
/// after a thousand predictions, and ever later the more often the same has come out.
/// </remarks>
internal sealed class TeamTrial
{
    /// <summary>The calls that compile the kernels and fill the caches.</summary>
    private const int WarmUpCalls = 2;

    /// <summary>Calls by which each of the two is judged; the fastest counts.</summary>
    private const int TimedCalls = 5;

    private const int FirstVerdictCalls = 1_000;
    private const int LongestVerdictCalls = 1_024_000;
    private const int VerdictGrowth = 4;

    /// <summary>
    /// A prediction that takes the team longer has work enough for it, and the caller need not wait for one thread's. Below it counts over how
    /// many steps the work is spread: a network of fifty small convolutions can take a team 0.6 ms and one thread 0.4.
    /// </summary>
    private static readonly TimeSpan s_surelyWorthwhile = TimeSpan.FromMilliseconds(5);

    private int _teamCalls;
    private int _aloneCalls;
    private long _teamTicks;
    private long _aloneTicks;
    private bool? _verdict;
    private int _verdictCalls;
    private int _callsUntilTrial;

    public TeamTrial() => Restart();

    /// <summary>Whether there is a verdict, final or for the time being.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether the verdict will not be tried again.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether the next prediction is the team's.</summary>
    public bool TakesTeam { get; private set; }

    /// <summary>Forgets what was measured.</summary>
    public void Restart()
    {
        _verdict = null;
        _verdictCalls = FirstVerdictCalls;
        IsFinal = false;
        Begin();
    }

    /// <summary>Takes note of a prediction that <see cref="TakesTeam"/> was asked for.</summary>
    /// <param name="ticks">Ticks of <see cref="Stopwatch"/> that it took.</param>
    public void Record(long ticks)
    {
        if (IsSettled)
        {
            if (!IsFinal && --_callsUntilTrial == 0)
            {
                Begin();
            }
        }
        else if (TakesTeam)
        {
            _teamTicks = _teamCalls++ < 0 ? long.MaxValue : Math.Min(_teamTicks, ticks);
            if (_teamCalls == TimedCalls)
            {
                // One that took less before is held up by something else.
                TakesTeam = IsSettled = IsFinal = _verdict is null && _teamTicks > s_surelyWorthwhile.TotalSeconds * Stopwatch.Frequency;
            }
        }
        else
        {
            _aloneTicks = Math.Min(_aloneTicks, ticks);
            if (++_aloneCalls == TimedCalls)
            {
                Settle(_teamTicks < _aloneTicks);
            }
        }
    }

    private void Begin()
    {
        _teamCalls = -WarmUpCalls;
        _aloneCalls = 0;
        _teamTicks = _aloneTicks = long.MaxValue;
        IsSettled = false;
        TakesTeam = true;
    }

    private void Settle(bool takesTeam)
    {
        _verdictCalls = _verdict == takesTeam ? Math.Min(_verdictCalls * VerdictGrowth, LongestVerdictCalls) : FirstVerdictCalls;
        _callsUntilTrial = _verdictCalls;
        _verdict = takesTeam;
        IsSettled = true;
        TakesTeam = takesTeam;
    }
}
