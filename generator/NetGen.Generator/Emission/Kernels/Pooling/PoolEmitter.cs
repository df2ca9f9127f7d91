using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;
using NetGen.Generator.Schedule.Pooling;

namespace NetGen.Generator.Emission.Kernels.Pooling;

/// <summary>Writes the steps of pools, image by image; the kernels depend on how the map lies.</summary>
internal static class PoolEmitter
{
    /// <param name="window">Null for an adaptive pool.</param>
    public static void EmitForward(Step step, StepWriter writer, Window2d? window, PoolReduction reduction) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => EmitForwardCall(writer, Geometry(step.Plan, window), reduction, "input", "output", "partScratch"));

    /// <summary>Writes the calls for one image.</summary>
    /// <param name="scratch">A reference to what <see cref="PartScratch"/> asks for, if anything.</param>
    public static void EmitForwardCall(
        StepWriter writer, PoolGeometry geometry, PoolReduction reduction, string input, string output, string scratch)
    {
        string scratchArgument = !geometry.IsBlocked && PlanarPoolKernels.ScratchFloats(geometry, reduction) > 0 ? $", ref {scratch}" : "";
        int planes = geometry.Input.Blocks;
        writer.ForEachWidth(width =>
        {
            var kernel = new PoolKernel(geometry, reduction, width, writer.Unroll, writer.TakesRanges);
            string wanted = $"{reduction.Stem}_{(writer.TakesRanges ? geometry.NameWithoutChannels : geometry.Name)}";
            string name = writer.Kernels.GetOrAdd(width, kernel, wanted, (source, method) =>
            {
                if (geometry.IsBlocked)
                {
                    BlockedPoolKernels.EmitForward(source, method, kernel);
                }
                else
                {
                    PlanarPoolKernels.EmitForward(source, method, kernel);
                }
            });
            writer.Writer.Line($"{name}(ref {input}, ref {output}{scratchArgument}{writer.RangeArguments(planes)});");
        });
    }

    /// <param name="window">Null for an adaptive pool.</param>
    public static void EmitBackward(Step step, StepWriter writer, Window2d? window, PoolReduction reduction)
    {
        PoolGeometry geometry = Geometry(step.Plan, window);
        (string, string, int)[] images =
        [
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
        ];
        if (reduction.ReadsValues)
        {
            images = [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride), .. images];
        }

        string values = reduction.ReadsValues ? "ref input, ref output, " : "";
        writer.ForEachImage(images, () =>
        {
            PaddingEmitter.EmitClearLanes(writer, geometry.Output, "outputGradient");
            EmitGradientCall(writer, geometry, reduction, $"{values}ref inputGradient, ref outputGradient");
        });
    }

    /// <summary>Writes the calls of a gradient's kernels for one image.</summary>
    /// <param name="arguments">What <see cref="GradientParameters"/> lists.</param>
    public static void EmitGradientCall(StepWriter writer, PoolGeometry geometry, PoolReduction reduction, string arguments) =>
        writer.ForEachWidth(width =>
        {
            var kernel = new PoolKernel(geometry, reduction, width, writer.Unroll, writer.TakesRanges);
            string wanted = $"{reduction.Stem}Gradient_{geometry.Name}";
            string name = writer.Kernels.GetOrAdd(width, (kernel, "gradient"), wanted, (source, method) =>
            {
                if (geometry.IsBlocked)
                {
                    BlockedPoolKernels.EmitBackward(source, method, kernel);
                }
                else
                {
                    PlanarPoolGradientKernels.Emit(source, method, kernel);
                }
            });
            writer.Writer.Line($"{name}({arguments}{writer.RangeArguments(geometry.Input.Blocks)});");
        });

    public static bool CanShare(NodePlan plan) => WorkSharing.PaysToMove(plan.Input);

    /// <param name="window">Null for an adaptive pool.</param>
    public static int PartScratch(NodePlan plan, Window2d? window, PoolReduction reduction)
    {
        PoolGeometry geometry = Geometry(plan, window);
        return geometry.IsBlocked ? 0 : PlanarPoolKernels.ScratchFloats(geometry, reduction);
    }

    /// <summary>The parameters of a backward kernel.</summary>
    public static string GradientParameters(PoolReduction reduction) =>
        $"{(reduction.ReadsValues ? "ref float input, ref float output, " : "")}ref float inputGradient, ref float outputGradient";

    /// <summary>Whether every window has one element and every element its window.</summary>
    public static bool IsIdentity(NodePlan plan, Window2d window) =>
        plan.Input == plan.Output && window is { KernelH: 1, KernelW: 1, StrideH: 1, StrideW: 1 };

    // Windows are side by side unless the user says otherwise, and kernels know that case.
    private static PoolGeometry Geometry(NodePlan plan, Window2d? window) =>
        new(window?.Canonical(plan.Output.Shape, window.KernelH, window.KernelW), plan.Input, plan.Output);
}
