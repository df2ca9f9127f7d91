namespace NetGen.Generator.Schedule;

/// <summary>Collects, step by step, from when to when each buffer is in use.</summary>
internal sealed class LifetimeTable
{
    private readonly Dictionary<int, Lifetime> _lifetimes = new();
    private readonly Dictionary<(int Output, bool Backward), int> _scratch = new();
    private int _lastScratch = -1;

    public IEnumerable<Lifetime> All => _lifetimes.Values;

    /// <summary>A buffer is read or written at a time.</summary>
    public void Use(int id, int floats, int time) => _lifetimes[id] = _lifetimes.TryGetValue(id, out Lifetime? known)
        ? known with { First = Math.Min(known.First, time), Last = Math.Max(known.Last, time) }
        : new Lifetime(id, floats, time, time);

    /// <summary>A step takes scratch memory while it runs.</summary>
    public void Scratch(NodePlan plan, int time, int floats, bool backward)
    {
        if (floats > 0)
        {
            int id = _lastScratch--;
            _scratch.Add((plan.Node.Output, backward), id);
            Use(id, floats, time);
        }
    }

    public int ScratchOffset(MemoryPlan memory, NodePlan plan, bool backward) =>
        _scratch.TryGetValue((plan.Node.Output, backward), out int id) ? memory.OffsetOf(id) : 0;
}
