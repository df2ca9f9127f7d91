using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes the steps of operators that only move elements: image by image from one view to the other, and the gradient back.</summary>
internal static class RelayoutSteps
{
    public static void EmitForward(Step step, StepWriter writer) => writer.ForEachImage(
        [("input", "source", step.Input.ImageStride), ("output", "destination", step.Output.ImageStride)],
        () => CopyEmitter.EmitCall(writer, step.Plan.Input, "input", step.Plan.Output, "output", canShare: true));

    public static void EmitBackward(Step step, StepWriter writer) => writer.ForEachImage(
        [
            ("outputGradient", "destinationGradient", step.OutputGradient!.ImageStride),
            ("inputGradient", "sourceGradient", step.InputGradient!.ImageStride),
        ],
        () => CopyEmitter.EmitCall(writer, step.Plan.Output, "outputGradient", step.Plan.Input, "inputGradient"));
}
