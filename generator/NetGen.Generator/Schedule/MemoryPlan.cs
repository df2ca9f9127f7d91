namespace NetGen.Generator.Schedule;

/// <summary>A stretch of memory and the steps, first to last, in which it must not be given to another.</summary>
internal sealed record Lifetime(int Id, int Floats, int First, int Last);

/// <summary>
/// Places buffers in one arena so that those alive at the same time do not overlap, each into the lowest gap that takes it: the largest first
/// (greedy by size; Pisarchyk and Lee, 2020), unless another order needs less.
/// </summary>
internal sealed class MemoryPlan
{
    /// <summary>Percent above the least possible with which the search ends.</summary>
    private const int Waste = 5;

    private const int MostPromotions = 100;

    /// <summary>Pairs of buffers that the search looks at: some tenths of a second while the user types.</summary>
    private const int MostPairs = 20_000_000;

    private readonly Dictionary<int, int> _offsets = new();

    private MemoryPlan()
    {
    }

    /// <summary>Floats of the whole arena.</summary>
    public int Floats { get; private set; }

    public int OffsetOf(int id) => _offsets[id];

    public static MemoryPlan Of(IEnumerable<Lifetime> lifetimes)
    {
        List<Lifetime> all = lifetimes.ToList();
        long least = LargestLiveSum(all), enough = least * (100 + Waste) / 100;
        MemoryPlan? best = null;
        foreach (IEnumerable<Lifetime> order in Orders(all))
        {
            MemoryPlan plan = InOrder(order);
            best = best is null || plan.Floats < best.Floats ? plan : best;
            if (best.Floats <= least)
            {
                return best;
            }
        }

        List<Lifetime> promoted = Orders(all).First().ToList();
        int promotions = (int)Math.Min(MostPromotions, MostPairs / (1 + ((long)all.Count * all.Count)));
        for (int attempt = 0; attempt < promotions && best!.Floats > enough; attempt++)
        {
            // Whoever ends the arena is placed before those that have pushed it there.
            MemoryPlan plan = InOrder(promoted);
            best = plan.Floats < best.Floats ? plan : best;
            int last = promoted.FindIndex(lifetime => plan.OffsetOf(lifetime.Id) + TensorView.RoundUp(lifetime.Floats) == plan.Floats);
            Lifetime ending = promoted[last];
            promoted.RemoveAt(last);
            promoted.Insert(last / 2, ending);
        }

        return best!;
    }

    /// <summary>Floats of the buffers that are alive at the fullest step: no plan needs less.</summary>
    public static long LargestLiveSum(IEnumerable<Lifetime> lifetimes)
    {
        var changes = new SortedDictionary<int, long>();
        foreach (Lifetime lifetime in lifetimes)
        {
            Change(lifetime.First, TensorView.RoundUp(lifetime.Floats));
            Change(lifetime.Last + 1, -TensorView.RoundUp(lifetime.Floats));
        }

        long live = 0, largest = 0;
        foreach (long change in changes.Values)
        {
            live += change;
            largest = Math.Max(largest, live);
        }

        return largest;

        void Change(int time, long floats) => changes[time] = floats + (changes.TryGetValue(time, out long known) ? known : 0);
    }

    private static IEnumerable<IEnumerable<Lifetime>> Orders(List<Lifetime> lifetimes)
    {
        yield return lifetimes.OrderByDescending(l => l.Floats).ThenBy(l => l.First).ThenBy(l => l.Id);
        yield return lifetimes.OrderByDescending(l => (long)l.Floats * (l.Last - l.First + 1)).ThenBy(l => l.First).ThenBy(l => l.Id);
        yield return lifetimes.OrderByDescending(l => l.Last - l.First).ThenByDescending(l => l.Floats).ThenBy(l => l.Id);
        yield return lifetimes.OrderBy(l => l.First).ThenByDescending(l => l.Last).ThenBy(l => l.Id);
        yield return lifetimes.OrderByDescending(l => l.Last).ThenBy(l => l.First).ThenBy(l => l.Id);
    }

    private static MemoryPlan InOrder(IEnumerable<Lifetime> lifetimes)
    {
        var plan = new MemoryPlan();
        var placed = new List<(Lifetime Lifetime, int Offset)>();
        foreach (Lifetime lifetime in lifetimes)
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
