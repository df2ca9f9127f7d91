using NetGen.Generator.Collections;
using NetGen.Generator.Declaration;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>From a checked network to the text of its two files.</summary>
internal static class NetworkEmitter
{
    /// <summary>The public members. A network with mistakes has them too, throwing, so that one mistake is one error.</summary>
    public static string EmitSurface(NetworkSpec spec, GraphResult result, NetworkSchedule? schedule) =>
        SurfaceEmitter.Emit(spec, result, schedule);

    /// <summary>The kernels; empty for a network with mistakes.</summary>
    public static string EmitKernels(NetworkSpec spec, NetworkSchedule? schedule) =>
        schedule is not null ? KernelFileEmitter.Emit(spec, schedule, new StepMethods(schedule)) : "";

    /// <summary>What there is to say about the code of a network whose graph is right.</summary>
    public static IEnumerable<Problem> Check(NetworkSpec spec, GraphResult result)
    {
        if (result.Graph is null)
        {
            return [];
        }

        if (TrySchedule(spec, result) is not { } schedule)
        {
            return [new Problem(DiagnosticIds.MemoryTooLarge, ProblemList.Network, EquatableArray.Of(spec.Class.Name))];
        }

        if (spec.Options.Unroll != UnrollMode.Full)
        {
            return [];
        }

        var steps = new StepMethods(schedule);
        KernelFileEmitter.Emit(spec, schedule, steps);
        return steps.KeptLoops.Select(kept => new Problem(
            DiagnosticIds.UnrollBudget,
            kept.Layer.Layer,
            EquatableArray.Of(
                kept.Layer.Name,
                $"{Literals.Grouped(kept.Instructions)} IL instructions",
                Literals.Grouped(CodeBudget.KernelInstructions))));
    }

    /// <summary>The schedule; null where there is no graph, or where its memory has more floats than an <see cref="int"/> counts.</summary>
    public static NetworkSchedule? TrySchedule(NetworkSpec spec, GraphResult result)
    {
        if (result.Graph is null)
        {
            return null;
        }

        try
        {
            NetworkSchedule schedule = ScheduleBuilder.Build(result.Graph, result.Loss, spec.Options, OperatorEmitters.For);
            return result.Pixels is null
                ? schedule
                : schedule with { Inference = schedule.Inference.WithPixels(result.Graph.InputShape, result.Graph.OutputShape) };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
