using NetGen.Generator.Collections;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>
/// Finds the inputs of joins that can be computed where the result has them, so that nothing is copied: a concatenation whose inputs all can has
/// no step at all. From its first part on a result takes all its memory, which pays only where that is free: what an encoder keeps for a decoder
/// far behind may have to wait elsewhere.
/// </summary>
internal static class JoinsInPlace
{
    /// <summary>The plans with <see cref="NodePlan.InPlace"/> set.</summary>
    /// <param name="plans">The plans of a prediction in execution order.</param>
    /// <param name="lowerings">The lowering of each operator.</param>
    /// <param name="liveFloats">Floats in use at the fullest step of plans: no part may make them more than they are without any.</param>
    public static List<NodePlan> Run(
        IReadOnlyList<NodePlan> plans, Func<Operator, OperatorLowering> lowerings, Func<List<NodePlan>, long> liveFloats)
    {
        Dictionary<int, int> times = plans.Select((plan, time) => (plan.Node.Output, time)).ToDictionary(made => made.Output, made => made.time);
        var addends = new HashSet<int>(plans.Where(plan => plan.Addend is not null).Select(plan => plan.Addend!.Value));
        var parts = new HashSet<int>();
        List<NodePlan> result = plans.ToList();
        long? most = null;

        // A value can lie in one result only: in the last that has it, which of dense connections has the most of them.
        for (int i = result.Count - 1; i >= 0; i--)
        {
            NodePlan plan = result[i];
            int[] places = PlacesOf(plan);
            while (places.Any(IsPlaced))
            {
                most ??= liveFloats(result);
                result[i] = plan with { InPlace = places.ToEquatableArray() };
                if (liveFloats(result) <= most)
                {
                    parts.UnionWith(plan.Node.Inputs.Where((_, input) => IsPlaced(places[input])));
                    break;
                }

                // Without the part that takes the memory first, it is taken later.
                result[i] = plan;
                places[FirstMade(plan, places)] = NodePlan.Elsewhere;
            }
        }

        return result;

        static bool IsPlaced(int place) => place != NodePlan.Elsewhere;

        int[] PlacesOf(NodePlan plan)
        {
            // What is added to in place belongs to the sum from then on, and passes over several images know of no gaps between them.
            IReadOnlyList<int?> starts = addends.Contains(plan.Node.Output) || plan.Images > 1 ? [] : lowerings(plan.Node.Operator).PlacesInResult(plan);
            var placed = new HashSet<int>();
            return starts.Zip(plan.Node.Inputs, (start, value) => start is { } place && CanMove(value) && placed.Add(value) ? place : NodePlan.Elsewhere).ToArray();
        }

        // Whether it has memory of its own, which no sum and no other join takes.
        bool CanMove(int value) => times.TryGetValue(value, out int time)
            && plans[time].Addend is null
            && !addends.Contains(value)
            && !parts.Contains(value)
            && !lowerings(plans[time].Node.Operator).IsView(plans[time]);

        int FirstMade(NodePlan plan, int[] places) => Enumerable.Range(0, places.Length)
            .Where(input => IsPlaced(places[input]))
            .OrderBy(input => times[plan.Node.Inputs[input]])
            .First();
    }
}
