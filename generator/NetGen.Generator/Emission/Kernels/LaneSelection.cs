using NetGen.Generator.Collections;
using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes kernels that put selected channels of maps in blocks together: each vector of the result is composed of those that its channels lie in,
/// by a shuffle and a mask for each. Blocks of the result that do the same with other blocks of the sources are one loop.
/// </summary>
internal sealed class LaneSelection
{
    /// <summary>Blocks after which what a block does may come again: the groups of a shuffle.</summary>
    private const int LongestPeriod = 8;

    /// <summary>IL of a load, a shuffle and a selection by a mask, at 512 bit: two constants of sixteen lanes.</summary>
    private const int InstructionsPerTerm = 46;

    /// <summary>Stands for no vector, where a lane is zero.</summary>
    private const int None = -1;

    private readonly EquatableArray<TensorView> _sources;
    private readonly EquatableArray<SelectedChannel> _channels;
    private readonly TensorView _destination;
    private readonly bool _takesRange;

    /// <summary>What stands in each lane of the result's blocks: zeros behind the last channel.</summary>
    private readonly SelectedChannel[] _lanes;

    public LaneSelection(EquatableArray<TensorView> sources, SelectedChannel[] channels, TensorView destination, bool takesRange)
    {
        _sources = sources;
        _channels = channels.ToEquatableArray();
        _destination = destination;
        _takesRange = takesRange;
        int behind = (destination.Blocks * TensorView.Block) - channels.Length;
        _lanes = [.. channels, .. Enumerable.Repeat(new SelectedChannel(0, ChannelSelection.Zero), behind)];
    }

    /// <summary>Whether the result has more around its blocks, which a kernel does not clear.</summary>
    public bool HasBorder => _destination.Floats != _destination.Blocks * _destination.Shape.Height * _destination.Shape.Width * TensorView.Block;

    /// <summary>IL instructions of a kernel, about.</summary>
    public long Instructions => InstructionsPerTerm * Repetitions().Sum(repetition => Enumerable
        .Range(repetition.FirstBlock, repetition.Period)
        .Sum(block => (long)Enumerable
            .Range(block * TensorView.Block, TensorView.Block)
            .Select(lane => (_lanes[lane].Source, _lanes[lane].Channel / TensorView.Block))
            .Distinct()
            .Count()));

    /// <summary>Whether all rows follow each other, so that a map is one row of pixels.</summary>
    private bool IsOfPixels => _sources.Append(_destination).All(view => view.RowStride == view.Shape.Width * view.PixelStride);

    private int Units => IsOfPixels ? _destination.Shape.Height * _destination.Shape.Width : _destination.Shape.Height;

    public void EmitCall(StepWriter step, IReadOnlyList<string> sources, string destination)
    {
        string arguments = string.Concat(sources.Select(source => $"ref {source}, "));
        step.ForEachWidth(width =>
        {
            string name = step.Kernels.GetOrAdd(
                width,
                ("select channels", _sources, _channels, _destination, _takesRange),
                $"SelectChannels_{_destination.Shape.Channels}x{_destination.Shape.Height}x{_destination.Shape.Width}_of_{_sources.Sum(view => view.Shape.Channels)}",
                (writer, method) => Emit(writer, method, width));
            step.Writer.Line($"{name}({arguments}ref {destination}{step.RangeArguments(Units)});");
        });
    }

    private void Emit(SourceWriter writer, string method, VectorWidth width)
    {
        writer.Line($"// Selects {_destination.Shape} of {string.Join(" and ", _sources.Select(source => source.Shape))}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string sources = string.Concat(_sources.Select((_, source) => $"ref float source{source + 1}, "));
        using (writer.Open($"internal static void {method}({sources}ref float destination{(_takesRange ? ", int first, int end" : "")})"))
        {
            foreach (Repetition repetition in Repetitions())
            {
                using (repetition.Times > 1 ? writer.Open($"for (int i = 0; i < {repetition.Times}; i++)") : writer.Open())
                {
                    EmitBlocks(writer, width, repetition, repetition.Times > 1 ? "i" : null);
                }
            }
        }
    }

    /// <summary>The result's blocks, as few as repeat themselves on other blocks of the sources together.</summary>
    private IEnumerable<Repetition> Repetitions()
    {
        for (int block = 0; block < _destination.Blocks;)
        {
            Repetition repetition = RepetitionAt(block);
            yield return repetition;
            block += repetition.Period * repetition.Times;
        }
    }

    private Repetition RepetitionAt(int block)
    {
        for (int period = 1; period <= LongestPeriod && block + (2 * period) <= _destination.Blocks; period++)
        {
            if (StepBetween(block, block + period) is not { } step)
            {
                continue;
            }

            int end = block + period;
            while (end < _destination.Blocks && StepBetween(end - period, end) == step)
            {
                end++;
            }

            int times = (end - block) / period;
            if (times > 1)
            {
                return new(block, period, times, step);
            }
        }

        return new(block, 1, 1, 0);
    }

    /// <summary>How many blocks further in all sources a block of the result finds what another one does; null where they are not alike.</summary>
    private int? StepBetween(int block, int other)
    {
        int first = block * TensorView.Block, distance = (other - block) * TensorView.Block;
        int channels = 0;
        for (int lane = first; lane < first + TensorView.Block && channels == 0; lane++)
        {
            channels = _lanes[lane].IsZero || _lanes[lane + distance].IsZero ? 0 : _lanes[lane + distance].Channel - _lanes[lane].Channel;
        }

        bool isAlike = channels % TensorView.Block == 0
            && Enumerable.Range(first, TensorView.Block).All(lane => _lanes[lane + distance] == _lanes[lane].Plus(channels));
        return isAlike ? channels / TensorView.Block : null;
    }

    private void EmitBlocks(SourceWriter writer, VectorWidth width, Repetition repetition, string? index)
    {
        int firstLane = repetition.FirstBlock * TensorView.Block, lanes = repetition.Period * TensorView.Block;
        SelectedChannel[] selected = [.. _lanes.Skip(firstLane).Take(lanes).Where(lane => !lane.IsZero)];
        (int Source, int Block)[] sourceBlocks = [.. selected.Select(lane => (lane.Source, lane.Channel / TensorView.Block)).Distinct()];
        (int Source, int Vector)[] vectors = [.. selected.Select(lane => (lane.Source, lane.Channel / width.Lanes)).Distinct()];
        for (int i = 0; i < sourceBlocks.Length; i++)
        {
            (int source, int block) = sourceBlocks[i];
            writer.Line($"ref float block{i} = ref {At($"source{source + 1}", _sources[source], block, repetition.Step)};");
        }

        writer.Line($"ref float result = ref {At("destination", _destination, repetition.FirstBlock, repetition.Period)};");
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
            .. _lanes.Skip(firstLane).Take(width.Lanes).Select(lane => lane.IsZero
                ? (None, 0)
                : (Array.IndexOf(vectors, (lane.Source, lane.Channel / width.Lanes)), lane.Channel % width.Lanes)),
        ];
        string? result = from.Any(lane => lane.Vector == None) ? width.Zero : null;
        foreach (int vector in from.Select(lane => lane.Vector).Where(vector => vector != None).Distinct())
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

    /// <summary>Blocks of the result that do together what the same number behind them does again.</summary>
    /// <param name="Times">How often they are there, counted from the first.</param>
    /// <param name="Step">From one time to the next, blocks in all sources.</param>
    private readonly record struct Repetition(int FirstBlock, int Period, int Times, int Step);
}
