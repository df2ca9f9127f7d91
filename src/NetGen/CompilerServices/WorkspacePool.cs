using System.Collections.Concurrent;

namespace NetGen.CompilerServices;

/// <summary>
/// Workspaces of one size, as many as there were callers at once. The slot serves a single caller at the price of one exchange; the
/// queue takes what concurrent callers return. Neither allocates once there are enough.
/// </summary>
/// <param name="bytes">Size of a workspace.</param>
internal sealed class WorkspacePool(long bytes)
{
    private readonly ConcurrentQueue<Workspace> _others = new();
    private Workspace? _first;

    public Workspace Rent()
    {
        Workspace? workspace = Interlocked.Exchange(ref _first, null);
        return workspace is not null || _others.TryDequeue(out workspace) ? workspace : new Workspace(bytes);
    }

    public void Return(Workspace workspace)
    {
        workspace = Interlocked.Exchange(ref _first, workspace)!;
        if (workspace is not null)
        {
            _others.Enqueue(workspace);
        }
    }
}
