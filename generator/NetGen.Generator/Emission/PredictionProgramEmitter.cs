using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes the programs that predict. Where threads share the work every thread runs the whole program: in a step that can be shared it does
/// its part, the others are the caller's thread's; between steps they meet.
/// </summary>
internal sealed class PredictionProgramEmitter(SourceWriter writer, StepMethods steps, bool isShared)
{
    private const string Meet = "share.Meet();";

    public static void Emit(SourceWriter writer, NetworkSchedule schedule, StepMethods steps)
    {
        bool isShared = schedule.Inference.IsShared;
        var emitter = new PredictionProgramEmitter(writer, steps, isShared);
        writer.Line("// One image from the caller's input to the caller's output.");
        using (writer.Open($"internal static void {SourceNames.Infer}({new ProgramSignature(isShared, IsGroup: false).Parameters})"))
        {
            emitter.EmitSteps(schedule.Inference.Steps, "1");
        }

        if (schedule.Group is { } group)
        {
            writer.Line();
            emitter.EmitGroup(group, schedule);
        }
    }

    private void EmitGroup(GroupProgram group, NetworkSchedule schedule)
    {
        writer.Line($"// Up to {group.Images} images: each as far as the first matrix product, and from there all at once.");
        string parameters = new ProgramSignature(isShared, IsGroup: true).Parameters.Replace("ref float input,", "ref float inputs,");
        using (writer.Open($"internal static void {SourceNames.InferGroup}({parameters})"))
        {
            using (writer.Open("for (int image = 0; image < count; image++)"))
            {
                writer.Line($"ref float input = ref {Refs.At("inputs", Refs.Times("image", schedule.InputLength))};");
                writer.Line($"ref float features = ref {Refs.At("arena", Refs.Times("image", group.Features.ImageStride), group.Features.Offset)};");
                EmitSteps(group.Body, "1");
                if (isShared)
                {
                    writer.Line(Meet);
                }
            }

            writer.Line();
            EmitSteps(group.Head, "count");
        }
    }

    private void EmitSteps(IEnumerable<Step> program, string count)
    {
        bool? previous = null;
        foreach (Step step in program)
        {
            if (!isShared)
            {
                steps.EmitForward(writer, step, count, training: false, isShared: false);
                continue;
            }

            // Two steps in a row of the caller's thread need no meeting in between.
            bool shares = OperatorEmitters.For(step.Plan.Node.Operator).CanShare(step.Plan);
            if (previous is { } before && (before || shares))
            {
                writer.Line(Meet);
            }

            previous = shares;
            if (shares)
            {
                steps.EmitForward(writer, step, count, training: false, isShared: true);
            }
            else
            {
                using (writer.Open("if (share.Part == 0)"))
                {
                    steps.EmitForward(writer, step, count, training: false, isShared: false);
                }
            }
        }
    }
}
