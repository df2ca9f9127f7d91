namespace NetGen.Generator.Schedule;

/// <summary>A stretch of memory and the steps, first to last, in which it must not be given to another.</summary>
internal sealed record Lifetime(int Id, int Floats, int First, int Last);

/// <summary>
/// Places buffers in one arena so that those alive at the same time do not overlap: the largest first, each into the lowest gap that
/// takes it (greedy by size; Pisarchyk and Lee, 2020).
/// </summary>
internal sealed class MemoryPlan
{
    private readonly Dictionary<int, int> _offsets = new();

    private MemoryPlan()
    {
    }

    /// <summary>Floats of the whole arena.</summary>
    public int Floats { get; private set; }

    public int OffsetOf(int id) => _offsets[id];

    public static MemoryPlan Of(IEnumerable<Lifetime> lifetimes)
    {
        var plan = new MemoryPlan();
        var placed = new List<(Lifetime Lifetime, int Offset)>();
        foreach (Lifetime lifetime in lifetimes.OrderByDescending(l => l.Floats).ThenBy(l => l.First).ThenBy(l => l.Id))
        {
            int offset = 0;
            foreach ((Lifetime other, int start) in placed.Where(p => p.Lifetime.First <= lifetime.Last && lifetime.First <= p.Lifetime.Last).OrderBy(p => p.Offset))
            {
                if (offset + lifetime.Floats <= start)
                {
                    break;
                }

                offset = Math.Max(offset, start + TensorView.RoundUp(other.Floats));
            }

            placed.Add((lifetime, offset));
            plan._offsets.Add(lifetime.Id, offset);
            plan.Floats = Math.Max(plan.Floats, offset + TensorView.RoundUp(lifetime.Floats));
        }

        return plan;
    }
}
