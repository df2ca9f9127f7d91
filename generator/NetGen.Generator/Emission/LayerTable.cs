using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

/// <summary>The network at a glance: every layer with its result's shape, its parameters and its multiply-adds.</summary>
internal static class LayerTable
{
    private static readonly string[] s_head = ["layer", "operator", "output", "parameters", "multiply-adds"];

    public static IReadOnlyList<string> Lines(NetworkGraph graph)
    {
        var rows = new List<string[]> { s_head, new[] { "input", "", graph.InputShape.ToString(), "", "" } };
        foreach (Node node in graph.Nodes)
        {
            rows.Add(
            [
                node.Name,
                node.Operator.Description,
                graph.Values[node.Output].Shape.ToString(),
                NumberOrNothing(Parameters(graph, node)),
                NumberOrNothing(node.Operator.MultiplyAdds(graph.InputShapesOf(node))),
            ]);
        }

        rows.Add(["total", "", "", Literals.Grouped(Parameters(graph)), Literals.Grouped(MultiplyAdds(graph))]);
        int[] widths = Enumerable.Range(0, s_head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd()).ToList();
    }

    public static long Parameters(NetworkGraph graph) => graph.Nodes.Sum(node => Parameters(graph, node));

    public static long MultiplyAdds(NetworkGraph graph) => graph.Nodes.Sum(node => node.Operator.MultiplyAdds(graph.InputShapesOf(node)));

    private static long Parameters(NetworkGraph graph, Node node) => node.Operator.Parameters(graph.InputShapesOf(node))
        .Where(parameter => parameter.IsTrained)
        .Sum(parameter => parameter.Shape.Aggregate(1L, (product, extent) => product * extent));

    private static string NumberOrNothing(long number) => number == 0 ? "" : Literals.Grouped(number);
}
