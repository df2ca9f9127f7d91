using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>One thread's share of a prediction: all threads run the same steps, each on its own part, and meet in between.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WorkShare
{
    private readonly MeetingPoint? _meetingPoint;

    internal WorkShare(int part, int parts, MeetingPoint? meetingPoint)
    {
        Part = part;
        Parts = parts;
        _meetingPoint = meetingPoint;
    }

    /// <summary>The whole of the work, for the caller's thread alone.</summary>
    public static WorkShare Whole => new(0, 1, null);

    /// <summary>Which of the parts this is, from 0; 0 is the caller's thread.</summary>
    public int Part { get; }

    /// <summary>Number of parts.</summary>
    public int Parts { get; }

    // Not inlined: steps call these a few times a layer, and inlining them takes the JIT longer than all of a small network's calls.

    /// <summary>The first of this part's units.</summary>
    /// <param name="units">Number of units to be shared out, in runs of equal length up to one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int First(int units) => (int)((long)units * Part / Parts);

    /// <summary>The unit behind this part's last.</summary>
    /// <param name="units">Number of units to be shared out, in runs of equal length up to one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int End(int units) => (int)((long)units * (Part + 1) / Parts);

    /// <summary>Waits until every part is here; what the others wrote before is then there to be read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Meet() => _meetingPoint?.Meet();
}
