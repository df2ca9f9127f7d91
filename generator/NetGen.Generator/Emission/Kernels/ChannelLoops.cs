using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// Prints loops over a map whose channels have numbers of their own: a plane at a time with its number in every lane, or 16 channels at a
/// time with theirs side by side. The numbers lie as a vector, with room up to whole blocks.
/// </summary>
internal sealed class ChannelLoops(SourceWriter writer, TensorView view, VectorWidth width)
{
    private bool IsBlocked => view.Layout == TensorLayout.Blocked;

    /// <summary>Planes, or blocks of them: what threads can share.</summary>
    public static int Units(TensorView view) => view.Blocks;

    /// <summary>Floats from one vector to the next of the same channels.</summary>
    private int Step => IsBlocked ? TensorView.Block : width.Lanes;

    /// <summary>Writes the loop over the channels, as many together as their numbers fill a vector or a plane.</summary>
    /// <param name="body">Written where the other members mean these channels.</param>
    /// <param name="takesRange">Whether <c>first</c> and <c>end</c> say which <see cref="Units"/>.</param>
    public void ForEachChannel(Action body, bool takesRange = false)
    {
        using (writer.Open(takesRange ? "for (int unit = first; unit < end; unit++)" : $"for (int unit = 0; unit < {Units(view)}; unit++)"))
        {
            if (!IsBlocked)
            {
                EmitStart(Refs.Times("unit", view.BlockStride));
                body();
                return;
            }

            using (writer.Open($"for (int lane = 0; lane < {TensorView.Block}; lane += {width.Lanes})"))
            {
                EmitStart($"({Refs.Times("unit", view.BlockStride)}) + lane");
                body();
            }
        }
    }

    /// <summary>The channels' numbers out of a vector.</summary>
    public string Load(string reference) => IsBlocked ? width.Load(Numbers(reference)) : width.Broadcast(Numbers(reference));

    /// <summary>Writes the loop over the channels' elements, gaps between rows included.</summary>
    /// <param name="body">Given the index of a vector's first element.</param>
    public void ForEachVector(Action<string> body)
    {
        using (writer.Open($"for (int i = start; i < start + {view.Shape.Height * view.RowStride}; i += {Step})"))
        {
            body("i");
        }
    }

    /// <summary>Writes sums over the channels' elements, row by row and then of the rows, which keeps the rounding errors of large maps small.</summary>
    /// <param name="names">The variables that they are in afterwards.</param>
    /// <param name="body">Given the index of a vector's first element, and a sum's variable in a row by its name.</param>
    public void Sum(string[] names, Action<string, Func<string, string>> body)
    {
        foreach (string name in names)
        {
            writer.Line($"{width.Type} {name} = {width.Zero};");
        }

        using (writer.Open($"for (int row = start; row < start + {view.Shape.Height * view.RowStride}; row += {view.RowStride})"))
        {
            foreach (string name in names)
            {
                writer.Line($"{width.Type} {InRow(name)} = {width.Zero};");
            }

            using (writer.Open($"for (int i = row; i < row + {view.RowStride}; i += {Step})"))
            {
                body("i", InRow);
            }

            foreach (string name in names)
            {
                writer.Line($"{name} += {InRow(name)};");
            }
        }

        static string InRow(string name) => $"{name}OfRow";
    }

    /// <summary>Writes the store of the channels' sums into a vector.</summary>
    /// <param name="add">Whether they are added to what is there.</param>
    public void EmitStore(string sum, string reference, bool add)
    {
        string numbers = Numbers(reference);
        writer.Line(!IsBlocked ? $"{numbers} {(add ? "+=" : "=")} {width.Class}.Sum({sum});"
            : add ? width.Store($"{width.Load(numbers)} + {sum}", numbers)
            : width.Store(sum, numbers));
    }

    private string Numbers(string reference) => Refs.At(reference, IsBlocked ? $"(unit * {TensorView.Block}) + lane" : "unit");

    private void EmitStart(string index) => writer.Line($"int start = {(view.Origin == 0 ? index : $"({index}) + {view.Origin}")};");
}
