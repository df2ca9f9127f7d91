using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.BatchNorm;

/// <summary>How a kernel goes over the elements of the channels at hand: as many as a vector has lanes in blocks, one in planes.</summary>
internal abstract class ChannelVectors(SourceWriter source, TensorView view, VectorWidth width)
{
    protected SourceWriter Source { get; } = source;

    protected TensorView View { get; } = view;

    protected VectorWidth Width { get; } = width;

    /// <summary>The type of one value a channel.</summary>
    public abstract string Type { get; }

    /// <summary>The place of the loop's element in a tensor.</summary>
    protected abstract string Element { get; }

    /// <summary>A vector of elements at the loop's place.</summary>
    public string At(string reference) => Width.Load(Place(reference));

    /// <summary>The loop's place in a tensor.</summary>
    public string Place(string reference) => Refs.At(reference, Element, View.Origin);

    /// <summary>Declares a vector of the channels' values in a row of statistics.</summary>
    public void Declare(string variable, string reference, StatisticsRow row) => Declare(variable, reference, (int)row * TensorView.RoundUp(View.Shape.Channels));

    /// <summary>Declares a vector of the channels' values in a row.</summary>
    /// <param name="row">Where in <paramref name="reference"/> the row begins.</param>
    public void Declare(string variable, string reference, int row = 0) => Source.Line($"{Width.Type} {variable} = {Load(reference, row)};");

    /// <summary>Writes the channels' values to a row of one value a channel.</summary>
    public abstract void Store(string value, string reference, int row);

    /// <summary>What <see cref="Sum"/> has summed under a name, one value a channel.</summary>
    public abstract string Total(string name);

    /// <summary>One value a channel as a vector over elements.</summary>
    public abstract string Spread(string value);

    /// <summary>Writes a loop over all vectors of the channels, with the room behind the last element of a row.</summary>
    public abstract void ForEachVector(Action body);

    /// <summary>Writes the sum of an expression over the elements.</summary>
    /// <param name="elements">The expression's variables, and the tensors that they are read from.</param>
    public void Sum(string name, IReadOnlyList<(string Variable, string Reference)> elements, string expression)
    {
        Source.Line($"{Width.Type} {name}Total = {Width.Zero};");
        using (Source.Open($"for (int y = 0; y < {View.Shape.Height}; y++)"))
        {
            Source.Line($"{Width.Type} {name}Row = {Width.Zero};");
            SumRow($"{name}Row", elements, expression);
            Source.Line($"{name}Total += {name}Row;");
        }
    }

    protected abstract string Load(string reference, int row);

    protected abstract void SumRow(string sum, IReadOnlyList<(string Variable, string Reference)> elements, string expression);
}

/// <summary>As many channels as a vector has lanes: <c>block</c> and <c>lane</c>.</summary>
internal sealed class BlockedChannels(SourceWriter source, TensorView view, VectorWidth width) : ChannelVectors(source, view, width)
{
    public override string Type => Width.Type;

    protected override string Element => $"(block * {View.BlockStride}) + lane + (y * {View.RowStride}) + (x * {View.PixelStride})";

    public override void Store(string value, string reference, int row) => Source.Line(Width.Store(value, Channels(reference, row)));

    public override string Total(string name) => $"{name}Total";

    public override string Spread(string value) => value;

    public override void ForEachVector(Action body)
    {
        using (Source.Open($"for (int y = 0; y < {View.Shape.Height}; y++)"))
        using (Source.Open($"for (int x = 0; x < {View.Shape.Width}; x++)"))
        {
            body();
        }
    }

    protected override string Load(string reference, int row) => Width.Load(Channels(reference, row));

    protected override void SumRow(string sum, IReadOnlyList<(string Variable, string Reference)> elements, string expression)
    {
        using (Source.Open($"for (int x = 0; x < {View.Shape.Width}; x++)"))
        {
            foreach ((string variable, string reference) in elements)
            {
                Source.Line($"{Width.Type} {variable} = {At(reference)};");
            }

            Source.Line($"{sum} += {expression};");
        }
    }

    private static string Channels(string reference, int row) => Refs.At(reference, $"(block * {TensorView.Block}) + lane", row);
}

/// <summary>One channel, <c>c</c>, whose rows are read vector by vector.</summary>
internal sealed class PlanarChannel(SourceWriter source, TensorView view, VectorWidth width) : ChannelVectors(source, view, width)
{
    public override string Type => "float";

    protected override string Element => $"(c * {View.BlockStride}) + (y * {View.RowStride}) + x";

    public override void Store(string value, string reference, int row) => Source.Line($"{Refs.At(reference, "c", row)} = {value};");

    public override string Total(string name) => $"{Width.Class}.Sum({name}Total)";

    public override string Spread(string value) => Width.Broadcast(value);

    public override void ForEachVector(Action body)
    {
        using (Source.Open($"for (int y = 0; y < {View.Shape.Height}; y++)"))
        using (Source.Open($"for (int x = 0; x < {View.Shape.Width}; x += {Width.Lanes})"))
        {
            body();
        }
    }

    protected override string Load(string reference, int row) => Width.Broadcast(Refs.At(reference, "c", row));

    protected override void SumRow(string sum, IReadOnlyList<(string Variable, string Reference)> elements, string expression) =>
        Lanes.ForEachVector(Source, Width, View.Shape.Width, "x", (index, offset, count) =>
        {
            foreach ((string variable, string reference) in elements)
            {
                string row = $"(c * {View.BlockStride}) + (y * {View.RowStride})";
                ElementRef place = Refs.At(reference, index is null ? row : $"{row} + {index}", View.Origin + offset);
                Source.Line($"{Width.Type} {variable} = {Width.Load(place)};");
            }

            Source.Line($"{sum} += {Lanes.First(Width, count, expression, Width.Zero)};");
        });
}
