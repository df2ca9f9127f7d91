using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Writes the body of a copy that does a range of its units, <c>first</c> to <c>end</c>, and clears what lies between their elements.
/// A unit is a vector of a stretch of memory, a row of the destination with its border, or a channel or block of channels.
/// </summary>
internal static class CopyRange
{
    public static int Units(TensorView from, TensorView to) => CopyEmitter.IsOfSpans(from, to) ? TensorView.RoundUp((int)from.Shape.Length) / TensorView.Block
        : CopyEmitter.IsOfRows(from, to) ? to.Blocks * Rows(to)
        : (from.Shape.Channels + ChannelsOfUnit(from, to) - 1) / ChannelsOfUnit(from, to);

    public static void Emit(SourceWriter writer, TensorView from, TensorView to)
    {
        if (CopyEmitter.IsOfSpans(from, to))
        {
            int length = (int)from.Shape.Length;
            writer.Line($"int start = first * {TensorView.Block};");
            writer.Line($"int length = Math.Min(end * {TensorView.Block}, {length}) - start;");
            using (writer.Open("if (length > 0)"))
            {
                CopyEmitter.EmitSpanCopy(writer, Refs.At("source", "start"), Refs.At("destination", "start"), "length");
            }

            EmitClearTail(writer, from, to, length);
        }
        else if (CopyEmitter.IsOfRows(from, to))
        {
            EmitRows(writer, from, to);
            EmitClearTail(writer, from, to, to.Blocks * to.BlockStride);
        }
        else
        {
            EmitChannels(writer, from, to);
        }
    }

    private static void EmitRows(SourceWriter writer, TensorView from, TensorView to)
    {
        int rows = Rows(to), top = to.Origin / to.RowStride, left = to.Origin % to.RowStride, elements = to.Shape.Width * to.PixelStride;
        using (writer.Open("for (int unit = first; unit < end; unit++)"))
        {
            writer.Line($"int block = unit / {rows};");
            writer.Line(top == 0 ? $"int y = unit % {rows};" : $"int y = (unit % {rows}) - {top};");
            writer.Line($"ref float row = ref {Refs.At("destination", Refs.Times("unit", to.RowStride))};");
            if (to.RowStride > elements)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref row, {to.RowStride}).Clear();");
            }

            if (rows == to.Shape.Height)
            {
                CopyEmitter.EmitSpanCopy(writer, CopyEmitter.Row("source", from), Refs.At("row", left), elements);
                return;
            }

            using (writer.Open($"if ((uint)y < {to.Shape.Height})"))
            {
                CopyEmitter.EmitSpanCopy(writer, CopyEmitter.Row("source", from), Refs.At("row", left), elements);
            }

            if (to.RowStride == elements)
            {
                using (writer.Open("else"))
                {
                    writer.Line($"MemoryMarshal.CreateSpan(ref row, {to.RowStride}).Clear();");
                }
            }
        }
    }

    private static void EmitChannels(SourceWriter writer, TensorView from, TensorView to)
    {
        int channels = ChannelsOfUnit(from, to), unit = (to.Layout == TensorLayout.Blocked ? 1 : channels) * to.BlockStride;
        if (to.Floats > to.Shape.Length)
        {
            writer.Line($"int cleared = end == {Units(from, to)} ? {to.Floats} : {Refs.Times("end", unit)};");
            using (writer.Open("if (first < end)"))
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("destination", Refs.Times("first", unit))}, cleared - ({Refs.Times("first", unit)})).Clear();");
            }
        }

        using (writer.Open($"for (int c = {Refs.Times("first", channels)}; c < Math.Min({Refs.Times("end", channels)}, {from.Shape.Channels}); c++)"))
        {
            CopyEmitter.EmitChannel(writer, from, to);
        }
    }

    /// <summary>The part that has the last unit clears what is behind it.</summary>
    private static void EmitClearTail(SourceWriter writer, TensorView from, TensorView to, int written)
    {
        if (to.Floats > written)
        {
            using (writer.Open($"if (first < end && end == {Units(from, to)})"))
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At("destination", written)}, {to.Floats - written}).Clear();");
            }
        }
    }

    private static int Rows(TensorView view) => view.BlockStride / view.RowStride;

    private static int ChannelsOfUnit(TensorView from, TensorView to) =>
        from.Layout == TensorLayout.Blocked || to.Layout == TensorLayout.Blocked ? TensorView.Block : 1;
}
