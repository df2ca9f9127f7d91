using NetGen.Generator.Graph;

namespace NetGen.Generator.Schedule;

/// <summary>
/// Which networks' predictions several threads share. Waking a parked thread takes 11 to 42 µs and a meeting of threads between two
/// steps about half of one, so that a network has to take some 150 µs before a second thread pays.
/// </summary>
internal static class WorkSharing
{
    /// <summary>Multiply-adds of 150 µs at what most layers reach with 256-bit vectors; with 512-bit ones it is less time.</summary>
    public const long FewestMultiplyAdds = 12_000_000;

    /// <summary>Floats of a result from which moving or pooling them takes longer than the meeting that sharing them costs.</summary>
    public const int FewestFloats = 8_192;

    public static bool Pays(NetworkGraph graph) =>
        graph.Nodes.Sum(node => node.Operator.MultiplyAdds(graph.InputShapesOf(node))) >= FewestMultiplyAdds;
}
