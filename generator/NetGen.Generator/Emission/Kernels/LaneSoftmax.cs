using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Which elements a softmax is over: blocks of 16 lie <paramref name="BlockStride"/> apart, the next position's 16 floats further on.
/// </summary>
/// <param name="Floats">Floats of the value, elements and room behind them.</param>
internal sealed record SoftmaxElements(int Count, int BlockStride, int Positions, int Floats)
{
    public bool IsContiguous => BlockStride == TensorView.Block || Count <= TensorView.Block;
}

/// <summary>Prints the softmax, or its logarithm, of elements that lie in the lanes of vectors. Lanes behind the last element become zero.</summary>
internal sealed class LaneSoftmax(SourceWriter writer, SoftmaxElements elements, VectorWidth width)
{
    /// <summary>Vectors at most that are kept in registers; one more passes through memory.</summary>
    private const int MostInRegisters = 4;

    private bool IsInRegisters => elements.IsContiguous && elements.Count <= MostInRegisters * width.Lanes;

    public void EmitForward() => ForEachPosition(["input", "output"], () =>
    {
        EmitGreatest();
        writer.Line($"{width.Type} sum = {width.Zero};");
        ForEachVector((vector, count) =>
        {
            string exponential = Exponential(vector);
            writer.Line($"{width.Type} power{vector.Number} = {Lanes.First(width, count, exponential, width.Zero)};");
            writer.Line($"sum += power{vector.Number};");
            if (!IsInRegisters)
            {
                Store(vector, $"power{vector.Number}", "output");
            }
        });
        writer.Line($"{width.Type} total = {width.Broadcast($"{width.Class}.Sum(sum)")};");
        ForEachVector((vector, _) =>
            Store(vector, $"({(IsInRegisters ? $"power{vector.Number}" : Load(vector, "output"))} / total)", "output"));
        EmitClearRest("output");
    });

    public void EmitLogarithmForward() => ForEachPosition(["input", "output"], () =>
    {
        EmitGreatest();
        writer.Line($"{width.Type} sum = {width.Zero};");
        ForEachVector((vector, count) => writer.Line($"sum += {Lanes.First(width, count, Exponential(vector), width.Zero)};"));
        writer.Line($"{width.Type} total = {width.Broadcast($"MathF.Log({width.Class}.Sum(sum))")};");
        ForEachVector((vector, count) =>
            Store(vector, Lanes.First(width, count, $"({Load(vector, "input")} - greatest - total)", width.Zero), "output"));
        EmitClearRest("output");
    });

    public void EmitBackward() => ForEachPosition(["output", "outputGradient", "inputGradient"], () =>
    {
        writer.Line($"{width.Type} sum = {width.Zero};");
        ForEachVector((vector, count) =>
        {
            string product = $"{Load(vector, "output")} * {Load(vector, "outputGradient")}";
            writer.Line($"sum += {Lanes.First(width, count, product, width.Zero)};");
        });
        writer.Line($"{width.Type} total = {width.Broadcast($"{width.Class}.Sum(sum)")};");
        ForEachVector((vector, count) =>
        {
            string gradient = $"{Load(vector, "output")} * ({Load(vector, "outputGradient")} - total)";
            Store(vector, Lanes.First(width, count, $"({gradient})", width.Zero), "inputGradient");
        });
        EmitClearRest("inputGradient");
    });

    public void EmitLogarithmBackward() => ForEachPosition(["output", "outputGradient", "inputGradient"], () =>
    {
        writer.Line($"{width.Type} sum = {width.Zero};");
        ForEachVector((vector, count) =>
            writer.Line($"sum += {Lanes.First(width, count, Load(vector, "outputGradient"), width.Zero)};"));
        writer.Line($"{width.Type} total = {width.Broadcast($"{width.Class}.Sum(sum)")};");
        ForEachVector((vector, count) =>
        {
            string gradient = $"{Load(vector, "outputGradient")} - (VectorMath.Exp({Load(vector, "output")}) * total)";
            Store(vector, Lanes.First(width, count, $"({gradient})", width.Zero), "inputGradient");
        });
        EmitClearRest("inputGradient");
    });

    private void EmitGreatest()
    {
        string lowest = width.Broadcast("float.NegativeInfinity");
        writer.Line($"{width.Type} greatest = {lowest};");
        ForEachVector((vector, count) =>
            writer.Line($"greatest = {width.Class}.MaxNative({Lanes.First(width, count, Load(vector, "input"), lowest)}, greatest);"));
        writer.Line("greatest = VectorLanes.Greatest(greatest);");
    }

    private string Exponential(Place vector) => $"VectorMath.Exp({Load(vector, "input")} - greatest)";

    private void ForEachPosition(string[] references, Action body)
    {
        if (elements.Positions == 1)
        {
            body();
            return;
        }

        using (writer.Open($"for (int position = 0; position < {elements.Positions}; position++)"))
        {
            body();
            foreach (string reference in references)
            {
                writer.Line($"{reference} = ref {Refs.At(reference, TensorView.Block)};");
            }
        }
    }

    /// <summary>Writes <paramref name="body"/> for every vector that has elements, and how many it has: straight, or in loops.</summary>
    private void ForEachVector(Action<Place, int> body)
    {
        if (IsInRegisters)
        {
            for (int first = 0; first < elements.Count; first += width.Lanes)
            {
                body(new Place(null, first, $"{first / width.Lanes}"), Math.Min(width.Lanes, elements.Count - first));
            }
        }
        else if (elements.IsContiguous)
        {
            Lanes.ForEachVector(writer, width, elements.Count, "i", (index, offset, count) => body(new Place(index, offset, ""), count));
        }
        else
        {
            using (writer.Open($"for (int block = 0; block < {elements.Count / TensorView.Block}; block++)"))
            using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
            {
                body(new Place($"(block * {elements.BlockStride}) + lane", 0, ""), width.Lanes);
            }

            Lanes.ForEachVector(writer, width, elements.Count % TensorView.Block, "lane", (index, offset, count) =>
                body(new Place(index, LastBlock + offset, ""), count));
        }
    }

    /// <summary>Where the block begins that is not full.</summary>
    private int LastBlock => elements.Count / TensorView.Block * elements.BlockStride;

    private void EmitClearRest(string reference)
    {
        if (elements.Positions == 1 && elements.IsContiguous)
        {
            int covered = (elements.Count + width.Lanes - 1) / width.Lanes * width.Lanes;
            if (covered < elements.Floats)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Refs.At(reference, covered)}, {elements.Floats - covered}).Clear();");
            }

            return;
        }

        int rest = elements.Count % TensorView.Block;
        for (int lane = (rest + width.Lanes - 1) / width.Lanes * width.Lanes; rest > 0 && lane < TensorView.Block; lane += width.Lanes)
        {
            writer.Line(width.Store(width.Zero, Refs.At(reference, LastBlock + lane)));
        }
    }

    private string Load(Place vector, string reference) => width.Load(At(vector, reference));

    private void Store(Place vector, string value, string reference) => writer.Line(width.Store(value, At(vector, reference)));

    private static string At(Place vector, string reference) => Refs.At(reference, vector.Index, 1, vector.Offset);

    /// <summary>A vector's place behind a reference: an index, unless null, plus an offset. Its number is empty in a loop.</summary>
    private readonly record struct Place(string? Index, int Offset, string Number);
}
