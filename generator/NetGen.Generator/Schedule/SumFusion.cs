using NetGen.Generator.Graph;
using NetGen.Generator.Passes;

namespace NetGen.Generator.Schedule;

/// <summary>Finds sums that one of their terms can be added into as it is computed.</summary>
internal static class SumFusion
{
    /// <summary>
    /// The other term of a sum of two, if it lies as the result does, in memory of the arena that nobody reads after the sum: the result can
    /// be added to it in place.
    /// </summary>
    /// <param name="plan">The step that computes one term.</param>
    /// <param name="sum">The sum, the term's only reader.</param>
    /// <param name="views">The views of the values that have been computed before.</param>
    /// <param name="inputsMemory">Those among them that are their input's memory.</param>
    public static int? AddendOf(
        NetworkGraph graph, NodePlan plan, Node sum, IReadOnlyDictionary<int, TensorView> views, ICollection<int> inputsMemory)
    {
        int term = plan.Node.Output;
        if (sum.Inputs.Count != 2 || sum.Inputs[0] == sum.Inputs[1])
        {
            return null;
        }

        int other = sum.Inputs[0] == term ? sum.Inputs[1] : sum.Inputs[0];
        return other != graph.Input
            && views.TryGetValue(other, out TensorView? view)
            && view == plan.Output
            && OwnsItsMemory(other)
            && graph.ReadersOf(other).All(reader => reader == sum || (IsBefore(graph, reader, plan.Node) && !inputsMemory.Contains(reader.Output)))
                ? other
                : null;

        // Nobody else's under another shape or name, which might be read again.
        bool OwnsItsMemory(int value) =>
            !inputsMemory.Contains(value) && graph.Nodes.FirstOrDefault(node => node.Output == value) is { Operator.IsElementwise: false };
    }

    private static bool IsBefore(NetworkGraph graph, Node node, Node other) => graph.Nodes.TakeWhile(any => any != other).Contains(node);
}
