using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>Work that all workers of a team do together.</summary>
internal interface IWorkerJob
{
    /// <summary>Does one worker's part.</summary>
    /// <param name="worker">The worker's number; 0 is the thread that called the team.</param>
    void Run(int worker);
}

/// <summary>
/// The calling thread and parked threads of its own, which run jobs together and allocate nothing. Waking a parked thread costs tens of
/// microseconds, a spinning one less than one: between <see cref="Begin"/> and <see cref="End"/> threads that wait spin.
/// </summary>
/// <remarks>The threads know only what they share, not the team, so that a team nobody uses any more is finalised and ends them.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Shared _shared;

    public WorkerTeam(int size)
    {
        Size = size;
        Shared shared = new();
        _shared = shared;
        for (int i = 1; i < size; i++)
        {
            int worker = i;
            new Thread(() => shared.Work(worker)) { IsBackground = true, Name = $"NetGen worker {worker}" }.UnsafeStart();
        }

        if (size == 1)
        {
            GC.SuppressFinalize(this);
        }
    }

    ~WorkerTeam() => _shared.Stop();

    /// <summary>Number of workers, the calling thread included.</summary>
    public int Size { get; }

    /// <summary>Announces several jobs in a row.</summary>
    public void Begin() => Volatile.Write(ref _shared.Spinning, true);

    /// <summary>Lets the threads park again.</summary>
    public void End() => Volatile.Write(ref _shared.Spinning, false);

    /// <summary>Runs a job on all workers and returns when all have finished. Throws what one of them threw.</summary>
    /// <exception cref="ObjectDisposedException">The team has been disposed of, and has other threads than the caller's.</exception>
    public void Run(IWorkerJob job)
    {
        if (Size == 1)
        {
            job.Run(0);
            return;
        }

        _shared.Start(job, Size - 1);
        Exception? failure = null;
        try
        {
            job.Run(0);
        }
        catch (Exception exception)
        {
            // The job's memory is the caller's again only when nobody works in it any more.
            failure = exception;
        }

        failure = _shared.Wait() ?? failure;
        GC.KeepAlive(this);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the threads; those at work on a job finish it first.</summary>
    public void Dispose()
    {
        _shared.Stop();
        GC.SuppressFinalize(this);
    }

    private sealed class Shared
    {
        // Some tens of microseconds: as much as a wake costs.
        private const int SpinsBeforeParking = 60;
        private const int NeverSleep = -1;

        private readonly object _gate = new();
        private IWorkerJob? _job;
        private Exception? _failure;
        private int _generation;
        private int _working;
        private bool _stopped;

        // The generation that is no job but the end.
        private int _lastGeneration;

        public bool Spinning;

        public void Start(IWorkerJob job, int workers)
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_stopped, typeof(WorkerTeam));
                _job = job;
                _failure = null;
                _working = workers;
                Announce();
            }
        }

        public Exception? Wait()
        {
            SpinWait spin = default;
            while (Volatile.Read(ref _working) > 0)
            {
                spin.SpinOnce(NeverSleep);
            }

            // Not to keep the job's owner alive.
            _job = null;
            return _failure;
        }

        public void Stop()
        {
            lock (_gate)
            {
                if (!_stopped)
                {
                    _stopped = true;
                    _lastGeneration = _generation + 1;
                    Announce();
                }
            }
        }

        public void Work(int worker)
        {
            int generation = 0;
            while (true)
            {
                WaitBeyond(generation);
                generation++;

                // A job announced before the end is still this worker's to do: its owner waits for all workers.
                if (_stopped && generation == _lastGeneration)
                {
                    return;
                }

                try
                {
                    _job!.Run(worker);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref _failure, exception, null);
                }

                Interlocked.Decrement(ref _working);
            }
        }

        /// <summary>Lets the workers see what has changed. The caller holds the gate.</summary>
        private void Announce()
        {
            Volatile.Write(ref _generation, _generation + 1);
            Monitor.PulseAll(_gate);
        }

        private void WaitBeyond(int generation)
        {
            SpinWait spin = default;
            for (int spins = 0; Volatile.Read(ref _generation) == generation; spins++)
            {
                if (Volatile.Read(ref Spinning))
                {
                    spins = 0;
                }

                if (spins < SpinsBeforeParking)
                {
                    spin.SpinOnce(NeverSleep);
                    continue;
                }

                lock (_gate)
                {
                    while (_generation == generation)
                    {
                        Monitor.Wait(_gate);
                    }
                }
            }
        }
    }
}
