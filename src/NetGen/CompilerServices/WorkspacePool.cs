using System.Collections.Concurrent;

namespace NetGen.CompilerServices;

/// <summary>
/// Workspaces of one size, as many as there were callers at once. The slot serves a single caller at the price of one exchange; the
/// queue takes what concurrent callers return. Neither allocates once there are enough.
/// </summary>
/// <param name="bytes">Size of a workspace.</param>
internal sealed class WorkspacePool(long bytes)
{
    private ConcurrentQueue<Workspace>? _others;
    private Workspace? _first;

    public Workspace Rent()
    {
        Workspace? workspace = Interlocked.Exchange(ref _first, null);
        return workspace ?? RentOther() ?? new Workspace(bytes);
    }

    public void Return(Workspace workspace)
    {
        workspace = Interlocked.Exchange(ref _first, workspace)!;
        if (workspace is not null)
        {
            ReturnOther(workspace);
        }
    }

    // Apart, and the queue made when it is needed: most programs predict on one thread at a time and never load the library of queues.

    private Workspace? RentOther() => Volatile.Read(ref _others) is { } others ? Dequeue(others) : null;

    private static Workspace? Dequeue(ConcurrentQueue<Workspace> others) => others.TryDequeue(out Workspace? workspace) ? workspace : null;

    private void ReturnOther(Workspace workspace)
    {
        ConcurrentQueue<Workspace> others = Volatile.Read(ref _others)
            ?? Interlocked.CompareExchange(ref _others, new ConcurrentQueue<Workspace>(), null)
            ?? Volatile.Read(ref _others)!;
        others.Enqueue(workspace);
    }
}
