using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// A barrier that spins: steps between two meetings take microseconds, and parking a thread would cost more. Where one thread has
/// failed the others give up instead of waiting for it for ever.
/// </summary>
/// <param name="parts">Number of threads that meet.</param>
internal sealed class MeetingPoint(int parts)
{
    private const int NeverSleep = -1;

    /// <summary>
    /// Looks at the others, each some tens of nanoseconds apart, before the processor is offered to other threads: as much as a step takes. None
    /// where threads of the team wait for a processor.
    /// </summary>
    private readonly int _looksBeforeYielding = parts <= Environment.ProcessorCount ? 1000 : 0;

    private State _state;

    /// <summary>Makes the barrier ready for threads that have not begun.</summary>
    public void Open() => _state = default;

    /// <summary>Says that one of the threads will not come any more.</summary>
    public void GiveUp() => Volatile.Write(ref _state.Failed, true);

    /// <summary>Waits for all threads.</summary>
    /// <exception cref="MeetingCancelledException">One of them has failed.</exception>
    public void Meet()
    {
        int meeting = Volatile.Read(ref _state.Meeting);
        if (Interlocked.Increment(ref _state.Arrived) == parts)
        {
            _state.Arrived = 0;
            Volatile.Write(ref _state.Meeting, meeting + 1);
            return;
        }

        SpinWait spin = default;
        for (int looks = 0; Volatile.Read(ref _state.Meeting) == meeting; looks++)
        {
            if (Volatile.Read(ref _state.Failed))
            {
                throw new MeetingCancelledException();
            }

            if (looks < _looksBeforeYielding)
            {
                Thread.SpinWait(1);
            }
            else
            {
                spin.SpinOnce(NeverSleep);
            }
        }
    }

    // Those who wait read a cache line that those who arrive do not write.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct State
    {
        [FieldOffset(64)]
        public int Arrived;

        [FieldOffset(192)]
        public int Meeting;

        [FieldOffset(196)]
        public bool Failed;
    }
}

/// <summary>Another thread's failure ended this one's work; its own exception tells what happened.</summary>
internal sealed class MeetingCancelledException : Exception;
