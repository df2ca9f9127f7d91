using NetGen.Generator.Schedule.Products;

namespace NetGen.Generator.Emission.Kernels;

/// <summary>
/// A range of a product's tiles, of which each thread takes a share: it is counted in the iterations of the outer loops, loop around loop.
/// </summary>
internal sealed class ProductRange
{
    /// <summary>
    /// Units that a range is counted in at least, if there are so many tiles: threads' shares differ by one. Kernels that take their shape cannot
    /// know how many there are.
    /// </summary>
    private const int EnoughUnits = 64;

    private readonly bool _counts;

    /// <param name="loops">The loops around a tile, outermost first.</param>
    /// <param name="hasLeftLoop">Whether the last of them is that over the left axis' tiles.</param>
    public ProductRange(ProductSpace space, ProductShape shape, IReadOnlyList<TileLoop> loops, bool hasLeftLoop)
    {
        IEnumerable<TileLoop> outsideParts = loops.TakeWhile(loop => loop.Name != space.PartLoop?.Name);
        if (shape.TakesShape)
        {
            // Which loops they are must not depend on how many tiles there are. The points of a batch are units enough without the left axis.
            bool leavesLeft = hasLeftLoop && space.Batch.Any(loop => loop.Extent > 1);
            Outer = outsideParts.Take(leavesLeft ? loops.Count - 1 : loops.Count).ToList();
        }
        else
        {
            int units = 1;
            Outer = outsideParts.TakeWhile(loop =>
            {
                bool isNeeded = units < EnoughUnits;
                units *= loop.Extent;
                return isNeeded;
            }).ToList();
        }

        _counts = shape.TakesShape && Outer.Count > 1;
    }

    /// <summary>The loops that the range takes the place of.</summary>
    public IReadOnlyList<TileLoop> Outer { get; }

    public int Units => Outer.Aggregate(1, (units, loop) => units * loop.Extent);

    /// <summary>
    /// Writes the loop over the units. The loops' variables follow from the unit by divisions, if those are by constants; others would cost a
    /// short tile 1 to 2%, so that the variables are counted along with the unit.
    /// </summary>
    public void Emit(SourceWriter writer, Action body)
    {
        if (_counts)
        {
            EmitVariables(writer, "first");
        }

        using (writer.Open("for (int unit = first; unit < end; unit++)"))
        {
            if (!_counts)
            {
                EmitVariables(writer, "unit");
            }

            body();
            if (_counts)
            {
                EmitCount(writer, Outer.Count - 1);
            }
        }
    }

    private void EmitVariables(SourceWriter writer, string unit)
    {
        for (int i = 0; i < Outer.Count; i++)
        {
            string? inside = UnitsOf(Outer.Skip(i + 1)), around = UnitsOf(Outer.Skip(i));
            string rest = i == 0 || around is null ? unit : $"{unit} % {around}";
            writer.Line($"int {Outer[i].Name} = {(inside is null ? rest : i == 0 ? $"{unit} / {inside}" : $"({rest}) / {inside}")};");
        }
    }

    private void EmitCount(SourceWriter writer, int loop)
    {
        writer.Line($"{Outer[loop].Name}++;");
        if (loop > 0)
        {
            using SourceWriter.Block wrap = writer.Open($"if ({Outer[loop].Name} == {Outer[loop].Bound})");
            writer.Line($"{Outer[loop].Name} = 0;");
            EmitCount(writer, loop - 1);
        }
    }

    /// <summary>The iterations of some loops, as source; null where there is one.</summary>
    private static string? UnitsOf(IEnumerable<TileLoop> loops)
    {
        int constant = 1;
        var factors = new List<string>();
        foreach (TileLoop loop in loops)
        {
            if (loop.Bound == $"{loop.Extent}")
            {
                constant *= loop.Extent;
            }
            else
            {
                factors.Add(loop.Bound);
            }
        }

        if (constant > 1)
        {
            factors.Add($"{constant}");
        }

        return factors.Count switch { 0 => null, 1 => factors[0], _ => $"({string.Join(" * ", factors)})" };
    }
}
