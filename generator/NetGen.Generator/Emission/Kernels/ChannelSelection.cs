using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes kernels that put selected channels of one or several maps together. Planes are copied, as many at once as follow each other. In
/// blocks each vector of the result is composed of those that its channels lie in, by a shuffle and a mask for each; blocks of the result that
/// do the same with the next blocks of the sources are one loop.
/// </summary>
internal sealed class ChannelSelection
{
    /// <summary>Stands for a channel of zeros.</summary>
    public const int Zero = -1;

    /// <summary>Blocks after which what a block does may come again: the groups of a shuffle.</summary>
    private const int LongestPeriod = 8;

    private readonly EquatableArray<TensorView> _sources;
    private readonly TensorView _destination;
    private readonly bool _takesRange;

    /// <summary>For each lane of the result's blocks the source and its channel; <see cref="Zero"/> for a lane of zeros.</summary>
    private readonly (int Source, int Channel)[] _lanes;

    private ChannelSelection(EquatableArray<TensorView> sources, EquatableArray<int> channels, TensorView destination, bool takesRange)
    {
        _sources = sources;
        _destination = destination;
        _takesRange = takesRange;
        _lanes = [.. channels.Select(channel => Locate(sources, channel)), .. Enumerable.Repeat((0, Zero), (destination.Blocks * TensorView.Block) - channels.Count)];
    }

    /// <summary>Whether all rows follow each other, so that a map is one row of pixels.</summary>
    private bool IsOfPixels => _sources.Append(_destination).All(view => view.RowStride == view.Shape.Width * view.PixelStride);

    private int Units => IsOfPixels ? _destination.Shape.Height * _destination.Shape.Width : _destination.Shape.Height;

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
        if (to.Layout != TensorLayout.Blocked)
        {
            EmitPlanes(step, from, sources, channels, to, destination);
        }
        else if (to.Floats == to.Blocks * to.Shape.Height * to.Shape.Width * TensorView.Block)
        {
            EmitBlocksCall(step, from, sources, channels, to, destination);
        }
        else if (step.Split != WorkSplit.Shared)
        {
            EmitWithBorder();
        }
        else
        {
            // Nobody may clear the border while others write.
            using (step.Writer.Open("if (share.Part == 0)"))
            {
                EmitWithBorder();
            }
        }

        void EmitWithBorder()
        {
            step.Writer.Line($"MemoryMarshal.CreateSpan(ref {destination}, {to.Floats}).Clear();");
            EmitBlocksCall(step with { Split = WorkSplit.None }, from, sources, channels, to, destination);
        }
    }

    private static void EmitBlocksCall(
        StepWriter step, EquatableArray<TensorView> from, IReadOnlyList<string> sources, EquatableArray<int> channels, TensorView to, string destination)
    {
        var selection = new ChannelSelection(from, channels, to, step.TakesRanges);
        string arguments = string.Concat(sources.Select(source => $"ref {source}, "));
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                ("select channels", from, channels, to, step.TakesRanges),
                $"SelectChannels_{to.Shape.Channels}x{to.Shape.Height}x{to.Shape.Width}_of_{from.Sum(view => view.Shape.Channels)}",
                (writer, method) => selection.Emit(writer, method, width));
            step.Writer.Line($"{name}({arguments}ref {destination}{step.RangeArguments(selection.Units)});");
        });
    }

    private static void EmitPlanes(
        StepWriter step, EquatableArray<TensorView> from, IReadOnlyList<string> sources, EquatableArray<int> channels, TensorView to, string destination)
    {
        for (int first = 0, count; first < channels.Count; first += count)
        {
            (int source, int channel) = Locate(from, channels[first]);
            count = 1;
            while (first + count < channels.Count && Locate(from, channels[first + count]) == (source, channel == Zero ? Zero : channel + count))
            {
                count++;
            }

            int floats = first + count == channels.Count ? to.Floats - (first * to.BlockStride) : count * to.BlockStride;
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

    private static (int Source, int Channel) Locate(EquatableArray<TensorView> sources, int channel)
    {
        int source = 0;
        while (channel != Zero && channel >= sources[source].Shape.Channels)
        {
            channel -= sources[source++].Shape.Channels;
        }

        return (source, channel);
    }

    private void Emit(SourceWriter writer, string method, VectorWidth width)
    {
        writer.Line($"// Selects {_destination.Shape} of {string.Join(" and ", _sources.Select(source => source.Shape))}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string sources = string.Concat(_sources.Select((_, source) => $"ref float source{source + 1}, "));
        using (writer.Open($"internal static void {method}({sources}ref float destination{(_takesRange ? ", int first, int end" : "")})"))
        {
            for (int block = 0; block < _destination.Blocks;)
            {
                (int period, int times) = RepetitionAt(block);
                using (times > 1 ? writer.Open($"for (int i = 0; i < {times}; i++)") : writer.Open())
                {
                    EmitBlocks(writer, width, block, period, times > 1 ? "i" : null);
                }

                block += period * times;
            }
        }
    }

    /// <summary>The fewest blocks from one on that repeat themselves on the sources' next blocks, and how often they are there.</summary>
    private (int Period, int Times) RepetitionAt(int block)
    {
        for (int period = 1; period <= LongestPeriod; period++)
        {
            int end = block + period;
            while (end < _destination.Blocks && Repeats(end, period))
            {
                end++;
            }

            int times = (end - block) / period;
            if (times > 1)
            {
                return (period, times);
            }
        }

        return (1, 1);
    }

    private bool Repeats(int block, int period) => Enumerable.Range(block * TensorView.Block, TensorView.Block).All(lane =>
    {
        (int source, int channel) = _lanes[lane];
        return _lanes[lane - (period * TensorView.Block)] == (source, channel == Zero ? Zero : channel - TensorView.Block);
    });

    private void EmitBlocks(SourceWriter writer, VectorWidth width, int firstBlock, int blocks, string? index)
    {
        int firstLane = firstBlock * TensorView.Block, lanes = blocks * TensorView.Block;
        (int Source, int Channel)[] selected = [.. _lanes.Skip(firstLane).Take(lanes).Where(lane => lane.Channel != Zero)];
        (int Source, int Block)[] sourceBlocks = [.. selected.Select(lane => (lane.Source, lane.Channel / TensorView.Block)).Distinct()];
        (int Source, int Vector)[] vectors = [.. selected.Select(lane => (lane.Source, lane.Channel / width.Lanes)).Distinct()];
        for (int i = 0; i < sourceBlocks.Length; i++)
        {
            (int source, int block) = sourceBlocks[i];
            writer.Line($"ref float block{i} = ref {At($"source{source + 1}", _sources[source], block, step: 1)};");
        }

        writer.Line($"ref float result = ref {At("destination", _destination, firstBlock, blocks)};");
        string start = _takesRange ? "first" : "0", end = _takesRange ? "end" : $"{Units}";
        if (IsOfPixels)
        {
            using (writer.Open($"for (int pixel = {start}; pixel < {end}; pixel++)"))
            {
                EmitPixel(_ => $"(pixel * {TensorView.Block})");
            }

            return;
        }

        using (writer.Open($"for (int y = {start}; y < {end}; y++)"))
        using (writer.Open($"for (int x = 0; x < {_destination.Shape.Width}; x++)"))
        {
            EmitPixel(view => $"(y * {view.RowStride}) + (x * {TensorView.Block})");
        }

        string At(string reference, TensorView view, int block, int step) =>
            Refs.At(reference, index, step * view.BlockStride, view.Origin + (block * view.BlockStride));

        void EmitPixel(Func<TensorView, string> pixelOf)
        {
            for (int i = 0; i < vectors.Length; i++)
            {
                (int source, int vector) = vectors[i];
                int channel = vector * width.Lanes, block = Array.IndexOf(sourceBlocks, (source, channel / TensorView.Block));
                writer.Line($"{width.Type} v{i} = {width.Load(Refs.At($"block{block}", pixelOf(_sources[source]), channel % TensorView.Block))};");
            }

            for (int lane = 0; lane < lanes; lane += width.Lanes)
            {
                int offset = (lane / TensorView.Block * _destination.BlockStride) + (lane % TensorView.Block);
                writer.Line(width.Store(Compose(width, firstLane + lane, vectors), Refs.At("result", pixelOf(_destination), offset)));
            }
        }
    }

    /// <summary>The vector that begins with a lane of the result, as an expression of the loaded ones.</summary>
    private string Compose(VectorWidth width, int firstLane, (int Source, int Vector)[] vectors)
    {
        // The vector that each lane comes from, and its lane there.
        (int Vector, int Lane)[] from =
        [
            .. _lanes.Skip(firstLane).Take(width.Lanes).Select(lane => lane.Channel == Zero
                ? (Zero, 0)
                : (Array.IndexOf(vectors, (lane.Source, lane.Channel / width.Lanes)), lane.Channel % width.Lanes)),
        ];
        string? result = from.Any(lane => lane.Vector == Zero) ? width.Zero : null;
        foreach (int vector in from.Select(lane => lane.Vector).Where(vector => vector != Zero).Distinct())
        {
            string mask = string.Join(", ", from.Select(lane => lane.Vector == vector ? -1 : 0));
            string shuffled = Shuffle(vector);
            result = result is null ? shuffled : $"{width.Class}.ConditionalSelect({width.Class}.Create({mask}).AsSingle(), {shuffled}, {result})";
        }

        return result!;

        // What stands in the lanes of other vectors does not matter.
        string Shuffle(int vector)
        {
            int[] lanes = [.. from.Select((lane, place) => lane.Vector == vector ? lane.Lane : place)];
            return lanes.SequenceEqual(Enumerable.Range(0, width.Lanes))
                ? $"v{vector}"
                : $"{width.Class}.Shuffle(v{vector}, {width.Class}.Create({string.Join(", ", lanes)}))";
        }
    }
}
