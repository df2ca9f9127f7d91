using NetGen.Generator.Schedule;
using Xunit;

namespace NetGen.Generator.Tests.Schedule;

public class MemoryPlanTests
{
    [Fact]
    public void Buffers_that_live_at_the_same_time_never_overlap()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            List<Lifetime> lifetimes = RandomLifetimes(random, count: 1 + random.Next(30));
            MemoryPlan plan = MemoryPlan.Of(lifetimes);
            foreach (Lifetime a in lifetimes)
            {
                Assert.Equal(0, plan.OffsetOf(a.Id) % 16);
                Assert.True(plan.OffsetOf(a.Id) + a.Floats <= plan.Floats);
                foreach (Lifetime b in lifetimes.Where(b => b.Id > a.Id && a.First <= b.Last && b.First <= a.Last))
                {
                    bool apart = plan.OffsetOf(a.Id) + a.Floats <= plan.OffsetOf(b.Id) || plan.OffsetOf(b.Id) + b.Floats <= plan.OffsetOf(a.Id);
                    Assert.True(apart, $"{a} at {plan.OffsetOf(a.Id)} and {b} at {plan.OffsetOf(b.Id)}");
                }
            }
        }
    }

    [Fact]
    public void A_chain_takes_no_more_than_its_largest_neighbours()
    {
        // Each value lives from the step that makes it to the step that reads it.
        int[] sizes = [4704, 1176, 1600, 400, 128, 96, 16];
        MemoryPlan plan = MemoryPlan.Of(sizes.Select((floats, i) => new Lifetime(i, floats, i, i + 1)));
        int needed = Enumerable.Range(0, sizes.Length - 1).Max(i => Rounded(sizes[i]) + Rounded(sizes[i + 1]));
        Assert.Equal(needed, plan.Floats);

        static int Rounded(int floats) => TensorView.RoundUp(floats);
    }

    private static List<Lifetime> RandomLifetimes(Random random, int count) => Enumerable.Range(0, count).Select(id =>
    {
        int first = random.Next(20);
        return new Lifetime(id, 1 + random.Next(1000), first, first + random.Next(6));
    }).ToList();
}
