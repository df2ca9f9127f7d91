using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Tests.Threading;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_runs_every_job_once(int size)
    {
        using WorkerTeam team = new(size);
        CountJob job = new(size);
        for (int round = 0; round < 300; round++)
        {
            team.Run(job);
            if (round % 100 == 99)
            {
                // Long enough for the threads to park.
                Thread.Sleep(20);
                team.Begin();
                team.Run(job);
                team.Run(job);
                team.End();
            }
        }

        Assert.Equal(Enumerable.Repeat(306, size), job.Counts);
    }

    [Fact]
    public void A_job_starts_on_the_calling_thread()
    {
        using WorkerTeam team = new(2);
        ThreadJob job = new();
        team.Run(job);
        Assert.Same(Thread.CurrentThread, job.Threads[0]);
        Assert.NotSame(Thread.CurrentThread, job.Threads[1]);
        Assert.True(job.Threads[1]!.IsBackground);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_a_worker_throws_reaches_the_caller_after_the_others_have_finished(int thrower)
    {
        using WorkerTeam team = new(3);
        ThrowingJob job = new() { Thrower = thrower };
        ThrowsWith.Message<TimeoutException>($"worker {thrower}", () => team.Run(job));
        Assert.Equal(2, job.Finished);
        CountJob next = new(3);
        team.Run(next);
        Assert.Equal([1, 1, 1], next.Counts);
    }

    [Fact]
    public void Disposing_ends_the_threads()
    {
        WorkerTeam team = new(2);
        ThreadJob job = new();
        team.Run(job);
        Assert.True(job.Threads[1]!.IsAlive);
        team.Dispose();
        Assert.True(job.Threads[1]!.Join(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_team_disposed_of_during_a_job_finishes_it(int size)
    {
        for (int round = 0; round < 200; round++)
        {
            WorkerTeam team = new(size);
            CountJob job = new(size) { BeforeFirst = team.Dispose };
            Thread caller = new(() => team.Run(job)) { IsBackground = true };
            caller.Start();
            Assert.True(caller.Join(TimeSpan.FromSeconds(30)));
            Assert.Equal(Enumerable.Repeat(1, size), job.Counts);
            Assert.Throws<ObjectDisposedException>(() => team.Run(job));
        }
    }

    [Fact]
    public void A_team_nobody_holds_ends_its_threads()
    {
        Thread thread = Abandon();
        for (int i = 0; i < 300 && thread.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            thread.Join(100);
        }

        Assert.False(thread.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread Abandon()
    {
        ThreadJob job = new();
        new WorkerTeam(2).Run(job);
        return job.Threads[1]!;
    }

    private sealed class CountJob(int size) : IWorkerJob
    {
        public int[] Counts { get; } = new int[size];

        /// <summary>What the calling thread does before its part.</summary>
        public Action? BeforeFirst { get; init; }

        public void Run(int worker)
        {
            if (worker == 0)
            {
                BeforeFirst?.Invoke();
            }

            Counts[worker]++;
        }
    }

    private sealed class ThreadJob : IWorkerJob
    {
        public Thread?[] Threads { get; } = new Thread?[2];

        public void Run(int worker) => Threads[worker] = Thread.CurrentThread;
    }

    private sealed class ThrowingJob : IWorkerJob
    {
        private int _finished;

        public int Thrower { get; init; }

        public int Finished => _finished;

        public void Run(int worker)
        {
            if (worker == Thrower)
            {
                throw new TimeoutException($"worker {worker}");
            }

            Thread.Sleep(20);
            Interlocked.Increment(ref _finished);
        }
    }
}
