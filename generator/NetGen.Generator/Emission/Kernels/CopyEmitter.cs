using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>Writes copies of one image's tensor from one view to another: into a border, between layouts, out to the caller.</summary>
internal static class CopyEmitter
{
    /// <param name="canShare">Whether threads may share the copy, where they share the step.</param>
    public static void EmitCall(StepWriter step, TensorView from, string source, TensorView to, string destination, bool canShare = false)
    {
        bool takesRange = canShare && step.TakesRanges;
        string name = step.Kernels.GetOrAdd(
            ("copy", from, to, takesRange),
            $"Copy_{from.Shape.Channels}x{from.Shape.Height}x{from.Shape.Width}_{from.Layout}_to_{to.Layout}",
            (writer, method) => Emit(writer, method, from, to, takesRange));
        step.Writer.Line($"{name}(ref {source}, ref {destination}{(takesRange ? step.RangeArguments(CopyRange.Units(from, to)) : "")});");
    }

    private static void Emit(SourceWriter writer, string method, TensorView from, TensorView to, bool takesRange)
    {
        string layouts = Describe(from) == Describe(to) ? Describe(from) : $"from {Describe(from)} to {Describe(to)}";
        writer.Line($"// Copies {from.Shape}, {layouts}{(to.Floats > to.Shape.Length ? ", with zeros around" : "")}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Open($"internal static void {method}(ref float source, ref float destination{(takesRange ? ", int first, int end" : "")})"))
        {
            if (takesRange)
            {
                CopyRange.Emit(writer, from, to);
                return;
            }

            EmitClear(writer, to);
            if (IsOfSpans(from, to))
            {
                EmitSpanCopy(writer, "source", "destination", (int)from.Shape.Length);
            }
            else if (IsOfRows(from, to))
            {
                EmitRows(writer, from, to);
            }
            else
            {
                using (writer.Open($"for (int c = 0; c < {from.Shape.Channels}; c++)"))
                {
                    EmitChannel(writer, from, to);
                }
            }
        }
    }

    private static void EmitClear(SourceWriter writer, TensorView to)
    {
        if (to.Floats > to.Shape.Length)
        {
            writer.Line($"MemoryMarshal.CreateSpan(ref destination, {to.Floats}).Clear();");
        }
    }

    /// <summary>Whether one stretch of memory is copied.</summary>
    public static bool IsOfSpans(TensorView from, TensorView to) =>
        from.IsGapless && to.IsGapless && (from.Layout == to.Layout || (from.IsInPyTorchOrder && to.IsInPyTorchOrder));

    /// <summary>Whether the elements of a row lie in the same order on both sides.</summary>
    public static bool IsOfRows(TensorView from, TensorView to) =>
        from.Phases == 1 && to.Phases == 1 && (from.Layout == TensorLayout.Blocked) == (to.Layout == TensorLayout.Blocked);

    private static void EmitRows(SourceWriter writer, TensorView from, TensorView to)
    {
        using (writer.Open($"for (int block = 0; block < {from.Blocks}; block++)"))
        using (writer.Open($"for (int y = 0; y < {from.Shape.Height}; y++)"))
        {
            EmitSpanCopy(writer, Row("source", from), Row("destination", to), from.Shape.Width * from.PixelStride);
        }
    }

    /// <summary>A row of a view, given <c>block</c> and <c>y</c>.</summary>
    public static string Row(string reference, TensorView view) =>
        Refs.At(reference, $"({Refs.Times("block", view.BlockStride)}) + ({Refs.Times("y", view.RowStride)})", view.Origin);

    /// <summary>Writes the copy of a channel, element by element.</summary>
    /// <param name="fromChannel">The channel of the source, a variable.</param>
    /// <param name="toChannel">The channel of the destination, a variable.</param>
    public static void EmitChannel(SourceWriter writer, TensorView from, TensorView to, string fromChannel = "c", string toChannel = "c")
    {
        int phases = Math.Max(from.Phases, to.Phases);
        writer.Line($"ref float sourceChannel = ref {Channel("source", from, fromChannel)};");
        writer.Line($"ref float destinationChannel = ref {Channel("destination", to, toChannel)};");
        using (writer.Open($"for (int y = 0; y < {from.Shape.Height}; y++)"))
        {
            for (int phase = 0; phase < phases && phase < from.Shape.Width; phase++)
            {
                int columns = (from.Shape.Width - phase + phases - 1) / phases;
                using (writer.Open($"for (int x = 0; x < {columns}; x++)"))
                {
                    writer.Line($"{Element("destinationChannel", to, phase, phases)} = {Element("sourceChannel", from, phase, phases)};");
                }
            }
        }

        static string Channel(string reference, TensorView view, string c) => view.Layout == TensorLayout.Blocked
            ? Refs.At(reference, $"(({c} / {TensorView.Block}) * {view.BlockStride}) + ({c} % {TensorView.Block})", view.Origin)
            : Refs.At(reference, Refs.Times(c, view.BlockStride), view.Origin);

        // Element x of a phase is column phase + phases · x.
        static string Element(string reference, TensorView view, int phase, int phases)
        {
            int step = phases * view.PixelStride / view.Phases;
            int start = view.Phases == phases ? phase * view.PhaseStride : phase * view.PixelStride;
            return Refs.At(reference, $"(y * {view.RowStride}) + ({Refs.Times("x", step)})", start);
        }
    }

    /// <param name="length">A number, or an expression for one.</param>
    public static void EmitSpanCopy(SourceWriter writer, string source, string destination, object length) => writer.Line(
        $"MemoryMarshal.CreateReadOnlySpan(ref {source}, {length}).CopyTo(MemoryMarshal.CreateSpan(ref {destination}, {length}));");

    private static string Describe(TensorView view) => view.Layout switch
    {
        TensorLayout.Blocked => "blocks of 16 channels",
        TensorLayout.Planar when view.Phases > 1 => $"planes of {view.Phases} column phases",
        TensorLayout.Planar => "planes",
        _ => "PyTorch's order",
    };
}
