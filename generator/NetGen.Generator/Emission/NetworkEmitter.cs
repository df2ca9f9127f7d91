using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Emission;

internal static class NetworkEmitter
{
    public static string EmitSurface(NetworkSpec spec, GraphResult result) => "";

    public static string EmitKernels(NetworkSpec spec, GraphResult result) => "";
}
