using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Predictions on all threads of a team. Each runs the network's whole program on its part, in the same memory. The job belongs to a
/// workspace, so that a call allocates nothing.
/// </summary>
internal sealed unsafe class PredictionJob : IWorkerJob, IDisposable
{
    private readonly WorkerTeam _team;
    private readonly MeetingPoint _meetingPoint;
    private readonly AlignedBuffer _memory;
    private NetworkState? _state;
    private NetworkState? _triedState;
    private readonly TeamTrial _trial = new();
    private float* _inputs;
    private float* _outputs;
    private int _count;

    /// <param name="threads">Number of threads, the caller's counted.</param>
    /// <param name="memory">The workspace's memory.</param>
    public PredictionJob(int threads, AlignedBuffer memory)
    {
        _team = new WorkerTeam(threads);
        _meetingPoint = new MeetingPoint(threads);
        _memory = memory;
    }

    /// <summary>
    /// The trial of the network that predicts now. A workspace that serves several networks in turn begins a new one each time, and
    /// meanwhile takes the team.
    /// </summary>
    public TeamTrial TrialOf(NetworkState state)
    {
        if (!ReferenceEquals(_triedState, state))
        {
            _triedState = state;
            _trial.Restart();
        }

        return _trial;
    }

    /// <summary>Predicts a number of images; lengths and memory are checked.</summary>
    /// <exception cref="ObjectDisposedException">The team has been disposed of.</exception>
    public void Run(NetworkState state, ReadOnlySpan<float> inputs, Span<float> outputs, int count)
    {
        // The other threads see the caller's memory through pointers: spans stay on the stack of the thread that has them.
        fixed (float* inputsStart = &MemoryMarshal.GetReference(inputs), outputsStart = &MemoryMarshal.GetReference(outputs))
        {
            _state = state;
            _inputs = inputsStart;
            _outputs = outputsStart;
            _count = count;
            _meetingPoint.Open();
            try
            {
                _team.Run(this);
            }
            finally
            {
                _state = null;
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _team.Dispose();

    void IWorkerJob.Run(int worker)
    {
        try
        {
            _state!.RunPrograms(
                ref Unsafe.AsRef<float>(_inputs),
                ref Unsafe.AsRef<float>(_outputs),
                _count,
                ref _memory.Reference,
                _team.Size,
                new WorkShare(worker, _team.Size, _meetingPoint));
        }
        catch (MeetingCancelledException)
        {
            // The thread that failed throws the reason.
        }
        catch
        {
            _meetingPoint.GiveUp();
            throw;
        }
    }
}
