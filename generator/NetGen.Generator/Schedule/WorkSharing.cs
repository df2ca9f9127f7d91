using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>
/// Which networks' predictions several threads can share. Waking a parked thread takes 11 to 42 µs and a meeting of threads between two
/// steps about half of one, so that a network has to take some 100 µs before a second thread pays. Whether it does so on the machine at
/// hand the runtime finds out; here only those go without the code that surely never do.
/// </summary>
internal static class WorkSharing
{
    /// <summary>Multiply-adds of 100 µs on a machine without wide vectors.</summary>
    public const long FewestMultiplyAdds = 4_000_000;

    /// <summary>Floats of a result from which moving or pooling them takes longer than the meeting that sharing them costs.</summary>
    private const int FewestFloats = 8_192;

    /// <summary>Whether threads gain by sharing a step that goes through a value and computes little.</summary>
    public static bool PaysToMove(TensorView value) => value.Floats >= FewestFloats;

    public static bool Pays(NetworkGraph graph) =>
        graph.Nodes.Sum(node => node.Operator.MultiplyAdds(graph.InputShapesOf(node))) >= FewestMultiplyAdds;
}
