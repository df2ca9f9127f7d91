using NetGen.Generator.Collections;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes copies of channels one by one, from a table of runs at equal steps: for selections without the regularity that loops over vectors take.
/// </summary>
internal static class ChannelRuns
{
    private const int RunsPerLine = 8;

    /// <summary>The runs of channels that are selected from one source.</summary>
    public static EquatableArray<ChannelRun> Of(SelectedChannel[] selected, int source)
    {
        var runs = new List<ChannelRun>();
        for (int first = 0, count; first < selected.Length; first += count)
        {
            count = 1;
            if (selected[first].IsZero || selected[first].Source != source)
            {
                continue;
            }

            int step = first + 1 < selected.Length && IsOfSource(first + 1) ? selected[first + 1].Channel - selected[first].Channel : 1;
            while (first + count < selected.Length && selected[first + count] == selected[first].Plus(count * step))
            {
                count++;
            }

            runs.Add(new ChannelRun(first, selected[first].Channel, count, step));
        }

        return runs.ToEquatableArray();

        bool IsOfSource(int channel) => !selected[channel].IsZero && selected[channel].Source == source;
    }

    public static void EmitCall(StepWriter step, TensorView from, string source, EquatableArray<ChannelRun> runs, TensorView to, string destination)
    {
        string name = step.Kernels.GetOrAdd(
            ("channel runs", from, to, runs),
            $"CopyChannels_{from.Shape.Channels}x{from.Shape.Height}x{from.Shape.Width}_to_{to.Shape.Channels}",
            (writer, method) =>
            {
                writer.Line($"// Copies channels of {from.Shape} to {to.Shape}.");
                writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
                using (writer.Open($"internal static void {method}(ref float source, ref float destination)"))
                {
                    EmitTable(writer, runs);
                    using (writer.Open("for (int run = 0; run < runs.Length; run += 4)"))
                    using (writer.Open("for (int i = 0; i < runs[run + 2]; i++)"))
                    {
                        writer.Line("int from = runs[run + 1] + (i * runs[run + 3]), to = runs[run] + i;");
                        CopyEmitter.EmitChannel(writer, from, to, "from", "to");
                    }
                }
            });
        step.Writer.Line($"{name}(ref {source}, ref {destination});");
    }

    private static void EmitTable(SourceWriter writer, EquatableArray<ChannelRun> runs)
    {
        writer.Line("// A run's first channel in the result and in the source, its channels, and the step from one to the next in the source.");
        writer.Line("ReadOnlySpan<int> runs = new int[]");
        using (writer.Open())
        {
            for (int i = 0; i < runs.Count; i += RunsPerLine)
            {
                writer.Line(string.Join(" ", runs.Skip(i).Take(RunsPerLine).Select(run => $"{run.To}, {run.From}, {run.Count}, {run.Step},")));
            }
        }

        writer.Line(";");
    }
}

/// <summary>Channels that follow each other in the result and are at equal steps in their source.</summary>
internal readonly record struct ChannelRun(int To, int From, int Count, int Step);
