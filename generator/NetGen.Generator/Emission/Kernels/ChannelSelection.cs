using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes copies of selected channels of one or several maps.</summary>
internal static class ChannelSelection
{
    /// <summary>Stands for a channel of zeros.</summary>
    public const int Zero = int.MinValue;

    /// <summary>Copies of planes that follow each other, up to which each has a call of its own.</summary>
    private const int MostCalls = 16;

    /// <summary>Where a selection from a map lies: as that does, without a border.</summary>
    public static TensorView ViewOf(TensorView input, TensorShape output) =>
        output.IsVector ? TensorView.Vector(output.Channels)
        : input.Layout == TensorLayout.Blocked ? TensorView.Blocked(output)
        : TensorView.Planar(output);

    /// <summary>Writes the copy of one image's channels. Threads share it where they share the step.</summary>
    /// <param name="from">The sources, all in blocks or none.</param>
    /// <param name="channels">For each channel of the result its number among those of all sources, or <see cref="Zero"/>.</param>
    /// <param name="to">The result; what it has around its elements is cleared.</param>
    public static void EmitCall(
        StepWriter step, EquatableArray<TensorView> from, IReadOnlyList<string> sources, EquatableArray<int> channels, TensorView to, string destination)
    {
        SelectedChannel[] selected = [.. channels.Select(channel => Locate(from, channel))];
        var lanes = to.Layout == TensorLayout.Blocked ? new LaneSelection(from, selected, to, step.TakesRanges) : null;
        List<(int First, int Count)> planes = to.Layout == TensorLayout.Blocked ? [] : Sequences(selected);
        if (lanes is { HasBorder: false } && lanes.Instructions <= CodeBudget.KernelInstructions)
        {
            lanes.EmitCall(step, sources, destination);
        }
        else if (lanes is null && planes.Count <= MostCalls)
        {
            EmitPlanes(step, from, sources, selected, planes, to, destination);
        }
        else if (step.Split != WorkSplit.Shared)
        {
            EmitAlone(step, from, sources, selected, to, destination);
        }
        else
        {
            // Nobody may clear what lies around the elements while others write.
            using (step.Writer.Open("if (share.Part == 0)"))
            {
                EmitAlone(step with { Split = WorkSplit.None }, from, sources, selected, to, destination);
            }
        }
    }

    private static void EmitAlone(
        StepWriter step, EquatableArray<TensorView> from, IReadOnlyList<string> sources, SelectedChannel[] selected, TensorView to, string destination)
    {
        step.Writer.Line($"MemoryMarshal.CreateSpan(ref {destination}, {to.Floats}).Clear();");
        var lanes = to.Layout == TensorLayout.Blocked ? new LaneSelection(from, selected, to, takesRange: false) : null;
        if (lanes is not null && lanes.Instructions <= CodeBudget.KernelInstructions)
        {
            lanes.EmitCall(step with { Split = WorkSplit.None }, sources, destination);
            return;
        }

        for (int source = 0; source < sources.Count; source++)
        {
            ChannelRuns.EmitCall(step, from[source], sources[source], ChannelRuns.Of(selected, source), to, destination);
        }
    }

    private static void EmitPlanes(
        StepWriter step,
        EquatableArray<TensorView> from,
        IReadOnlyList<string> sources,
        SelectedChannel[] selected,
        List<(int First, int Count)> sequences,
        TensorView to,
        string destination)
    {
        foreach ((int first, int count) in sequences)
        {
            (int source, int channel) = selected[first];
            int floats = first + count == selected.Length ? to.Floats - (first * to.BlockStride) : count * to.BlockStride;
            string target = Refs.At(destination, first * to.BlockStride);
            if (channel == Zero)
            {
                step.Writer.Line($"MemoryMarshal.CreateSpan(ref {target}, {floats}).Clear();");
                continue;
            }

            TensorShape shape = to.Shape with { Channels = count };
            TensorView planes = from[source] with { Shape = shape, Floats = count * from[source].BlockStride };
            CopyEmitter.EmitCall(
                step, planes, Refs.At(sources[source], channel * planes.BlockStride), to with { Shape = shape, Floats = floats }, target, canShare: true);
        }
    }

    /// <summary>Channels that follow each other in their source, or are zeros.</summary>
    private static List<(int First, int Count)> Sequences(SelectedChannel[] selected)
    {
        var sequences = new List<(int First, int Count)>();
        for (int first = 0, count; first < selected.Length; first += count)
        {
            count = 1;
            while (first + count < selected.Length && selected[first + count] == selected[first].Plus(count))
            {
                count++;
            }

            sequences.Add((first, count));
        }

        return sequences;
    }

    private static SelectedChannel Locate(EquatableArray<TensorView> sources, int channel)
    {
        int source = 0;
        while (channel != Zero && channel >= sources[source].Shape.Channels)
        {
            channel -= sources[source++].Shape.Channels;
        }

        return new(source, channel);
    }
}

/// <summary>A channel of one of the maps that are selected from.</summary>
/// <param name="Source">The map's index.</param>
/// <param name="Channel">The channel's number in it; <see cref="ChannelSelection.Zero"/> for a channel of zeros.</param>
internal readonly record struct SelectedChannel(int Source, int Channel)
{
    public bool IsZero => Channel == ChannelSelection.Zero;

    /// <summary>The channel so many behind it; zeros stay zeros.</summary>
    public SelectedChannel Plus(int channels) => IsZero ? this : this with { Channel = Channel + channels };
}
