using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Scratch memory for predictions, owned by the caller: one workspace serves one call at a time, again and again, for any network it is
/// large enough for. Without one a network keeps a pool of its own.
/// </summary>
public sealed class Workspace
{
    private readonly AlignedBuffer _buffer;
    private int _inUse;

    /// <summary>Allocates scratch memory.</summary>
    /// <param name="bytes">Size, usually a network's <c>WorkspaceBytes</c>; rounded up to whole floats.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is not positive or beyond the largest array.</exception>
    public Workspace(long bytes)
    {
        long largest = 4L * (Array.MaxLength - 2 * AlignedBuffer.AlignmentFloats);
        if (bytes <= 0 || bytes > largest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bytes),
                bytes,
                $"A workspace has 1 to {largest} bytes. Pass the network's WorkspaceBytes, or use Workspace.For<TNetwork>().");
        }

        _buffer = new AlignedBuffer((int)((bytes + 3) / 4));
    }

    /// <summary>Size in bytes.</summary>
    public long Bytes => 4L * _buffer.Length;

    /// <summary>Allocates what one thread needs to predict with a network.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    public static Workspace For<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => new(TNetwork.WorkspaceBytes);

    /// <summary>Bytes of scratch memory that a number of threads predicting at once need in all.</summary>
    /// <typeparam name="TNetwork">The network class.</typeparam>
    /// <param name="threads">Number of threads.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public static long RequiredBytes<TNetwork>(int threads = 1)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (threads <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads is at least 1.");
        }

        return checked(TNetwork.WorkspaceBytes * threads);
    }

    internal Span<float> Span => _buffer.Span;

    /// <summary>Marks the workspace as used by a call, and returns its memory.</summary>
    internal ref float Enter()
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            throw new InvalidOperationException(
                "Another call is using this workspace. A workspace serves one call at a time: give each thread its own, "
                + "or call the overload without one.");
        }

        return ref _buffer.Reference;
    }

    internal void Exit() => Volatile.Write(ref _inUse, 0);
}
