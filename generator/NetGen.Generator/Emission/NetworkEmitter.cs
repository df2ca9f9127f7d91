using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>From a checked network to the text of its two files.</summary>
internal static class NetworkEmitter
{
    /// <summary>The public members. A network with mistakes has them too, throwing, so that one mistake is one error.</summary>
    public static string EmitSurface(NetworkSpec spec, GraphResult result) =>
        SurfaceEmitter.Emit(spec, result, result.Graph is null ? null : Schedule(spec, result));

    /// <summary>The kernels; empty for a network with mistakes.</summary>
    public static string EmitKernels(NetworkSpec spec, GraphResult result) =>
        result.Graph is null ? "" : KernelFileEmitter.Emit(spec, Schedule(spec, result));

    private static NetworkSchedule Schedule(NetworkSpec spec, GraphResult result) =>
        ScheduleBuilder.Build(result.Graph!, result.Loss, spec.Options, OperatorEmitters.For);
}
