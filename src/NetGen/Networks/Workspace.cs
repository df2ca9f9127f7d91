using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Scratch memory for predictions, owned by the caller, and the threads that work in it: one workspace serves one call at a time, again
/// and again, for any network it is large enough for. Without one a network keeps a pool of its own and predicts on the caller's thread.
/// </summary>
/// <remarks>
/// With several threads a call splits its work among the caller's thread and others, which wait in the background meanwhile and end when the
/// workspace is disposed of or nobody holds it any more. A workspace of one thread has nothing to dispose of. Small networks run on the caller's
/// thread whatever the number, those under some four million multiply-adds from the first prediction on, others where some show that
/// threads would wait for each other longer than they save. Outputs have the same bits for any number of threads.
/// </remarks>
public sealed class Workspace : IDisposable
{
    private readonly AlignedBuffer _buffer;
    private PredictionJob? _job;
    private bool _disposed;
    private int _inUse;

    /// <summary>Allocates scratch memory. Threads start with the first prediction that takes them.</summary>
    /// <param name="bytes">Size, usually a network's <c>WorkspaceBytes</c> or <see cref="RequiredBytes"/>; rounded up to whole floats.</param>
    /// <param name="threads">Threads that a prediction runs on at most, the caller's counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="bytes"/> is not positive or beyond the largest array, or <paramref name="threads"/> is not positive.
    /// </exception>
    public Workspace(long bytes, int threads = 1)
    {
        long largest = 4L * (Array.MaxLength - 2 * AlignedBuffer.AlignmentFloats);
        if (bytes <= 0 || bytes > largest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bytes),
                bytes,
                $"A workspace has 1 to {largest} bytes. Pass the network's WorkspaceBytes, or use Workspace.For<TNetwork>().");
        }

        CheckThreads(threads);
        _buffer = new AlignedBuffer((int)((bytes + 3) / 4));
        Threads = threads;
    }

    /// <summary>Size in bytes.</summary>
    public long Bytes => 4L * _buffer.Length;

    /// <summary>Threads that a prediction runs on at most, the caller's counted.</summary>
    public int Threads { get; }

    /// <summary>Allocates what a number of threads need to predict one image after the other together.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <param name="threads">Threads that a prediction runs on at most, the caller's counted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public static Workspace For<TNetwork>(int threads = 1)
        where TNetwork : class, INetwork<TNetwork> => new(RequiredBytes<TNetwork>(threads), threads);

    /// <summary>Allocates what a number of threads need to predict batches together.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <param name="threads">Threads that a prediction runs on at most, the caller's counted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public static Workspace ForBatches<TNetwork>(int threads = 1)
        where TNetwork : class, INetwork<TNetwork> => new(RequiredBatchBytes<TNetwork>(threads), threads);

    /// <summary>Bytes of scratch memory that a prediction needs on a number of threads.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <param name="threads">Number of threads that work on it together.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public static long RequiredBytes<TNetwork>(int threads = 1)
        where TNetwork : class, INetwork<TNetwork>
    {
        CheckThreads(threads);
        return TNetwork.WorkspaceBytes + ((threads - 1) * TNetwork.ThreadBytes);
    }

    /// <summary>Bytes of scratch memory that predictions of batches need on a number of threads.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <param name="threads">Number of threads that work on it together.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public static long RequiredBatchBytes<TNetwork>(int threads = 1)
        where TNetwork : class, INetwork<TNetwork>
    {
        CheckThreads(threads);
        return TNetwork.BatchWorkspaceBytes + ((threads - 1) * TNetwork.ThreadBytes);
    }

    /// <summary>Ends the threads, once the call that they are at work on is done. Later predictions in a workspace of several threads fail.</summary>
    public void Dispose()
    {
        _disposed = true;
        _job?.Dispose();
    }

    /// <summary>What runs a prediction on the workspace's threads; for who has entered it.</summary>
    internal PredictionJob Job => _job ??= new PredictionJob(Threads, _buffer);

    internal Span<float> Span => _buffer.Span;

    /// <summary>Marks the workspace as used by a call, and returns its memory.</summary>
    /// <exception cref="ObjectDisposedException">It had several threads.</exception>
    internal ref float Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed && Threads > 1, this);
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            throw new InvalidOperationException(
                "Another call is using this workspace. A workspace serves one call at a time: give each thread its own, "
                + "or call the overload without one.");
        }

        return ref _buffer.Reference;
    }

    internal void Exit() => Volatile.Write(ref _inUse, 0);

    private static void CheckThreads(int threads)
    {
        if (threads <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads is at least 1.");
        }
    }
}
