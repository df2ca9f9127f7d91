using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// The one-dimensional transforms of F(m, r) as expressions over vectors, applied to columns and then to rows: tiles of four with the
/// points 0, ±1, ∞ and tiles of six with 0, ±1, ±2, ∞ (Lavin and Gray, 2016). The transform of the pixels depends on the points alone, so
/// that F(4, 3) and F(2, 5) share it. What is even and what is odd in a point serves the point and its opposite.
/// </summary>
/// <param name="declare">Declares a vector of that name and value in the source and returns what it came to be called.</param>
internal sealed class WinogradTransforms(VectorWidth width, Func<string, string, string> declare)
{
    /// <summary>Declares the factors that the pixels' transform names.</summary>
    public static void DeclareInputFactors(SourceWriter writer, VectorWidth width, int tileSide) =>
        DeclareFactors(writer, width, tileSide switch
        {
            6 => [2, -2, 4, -4, -5],
            4 => [],
            _ => throw new ArgumentException($"There is no transform for tiles of {tileSide}.", nameof(tileSide)),
        });

    /// <summary>Declares the factors that the results' transform names.</summary>
    public static void DeclareOutputFactors(SourceWriter writer, VectorWidth width, int side, int tileSide) =>
        DeclareFactors(writer, width, (side, tileSide) switch
        {
            (4, 6) => [2, 4, 8],
            (2, 6) => [2],
            (2, 4) => [],
            _ => throw new ArgumentException($"There is no transform from tiles of {tileSide} to {side} results.", nameof(side)),
        });

    /// <summary>From the pixels of a tile's row to as many points.</summary>
    public string[] OfInput(string[] d)
    {
        if (d.Length == 4)
        {
            return [$"({d[0]} - {d[2]})", $"({d[1]} + {d[2]})", $"({d[2]} - {d[1]})", $"({d[1]} - {d[3]})"];
        }

        string even1 = declare("even1", Plus(d[2], -4, d[4])), odd1 = declare("odd1", Plus(d[1], -4, d[3]));
        string even2 = declare("even2", $"{d[4]} - {d[2]}"), odd2 = declare("odd2", $"{d[3]} - {d[1]}");
        return
        [
            Plus(d[0], 4, Plus(d[2], -5, d[4])),
            $"({even1} + {odd1})",
            $"({even1} - {odd1})",
            Plus(odd2, 2, even2),
            Plus(odd2, -2, even2),
            Plus(d[1], 4, Plus(d[3], -5, d[5])),
        ];
    }

    /// <summary>From the points of a tile's row to m results.</summary>
    public string[] OfOutput(int side, string[] p)
    {
        if (p.Length == 4)
        {
            return [$"({p[0]} + {p[1]} + {p[2]})", $"({p[1]} - {p[2]} - {p[3]})"];
        }

        string even1 = declare("even1", $"{p[1]} + {p[2]}"), odd1 = declare("odd1", $"{p[1]} - {p[2]}");
        string even2 = declare("even2", $"{p[3]} + {p[4]}"), odd2 = declare("odd2", $"{p[3]} - {p[4]}");
        string first = $"({p[0]} + {even1} + {even2})";
        return side == 2
            ? [first, Plus(odd2, 2, $"{odd1} + {p[5]}")]
            : [first, Plus(odd2, 2, odd1), Plus(even2, 4, even1), Plus(odd2, 8, $"{odd1} + {p[5]}")];
    }

    /// <summary>From r weights to the points of a tile.</summary>
    public string[] OfWeights(int tileSide, string[] g)
    {
        if (tileSide == 4)
        {
            string even = declare("even", $"{g[0]} + {g[2]}");
            return [g[0], $"(({even} + {g[1]}) * 0.5f)", $"(({even} - {g[1]}) * 0.5f)", g[2]];
        }

        // The polynomial of the weights at ±1 and ±2: its even and its odd part.
        string even1 = Sum("even1", 0, _ => 1), odd1 = Sum("odd1", 1, _ => 1), even2 = Sum("even2", 0, i => 1 << i), odd2 = Sum("odd2", 1, i => 1 << i);
        return
        [
            $"({g[0]} * 0.25f)",
            $"(({even1} + {odd1}) * (-1f / 6))",
            $"(({even1} - {odd1}) * (-1f / 6))",
            $"(({even2} + {odd2}) * (1f / 24))",
            $"(({even2} - {odd2}) * (1f / 24))",
            g[g.Length - 1],
        ];

        string Sum(string name, int first, Func<int, int> factor) => declare(
            name,
            string.Join(" + ", Enumerable.Range(0, g.Length).Where(i => i % 2 == first).Select(i => factor(i) == 1 ? g[i] : $"({g[i]} * {factor(i)}f)")));
    }

    private static void DeclareFactors(SourceWriter writer, VectorWidth width, int[] factors)
    {
        foreach (int factor in factors)
        {
            writer.Line($"{width.Type} {NameOf(factor)} = {width.Broadcast($"{factor}f")};");
        }
    }

    private string Plus(string x, int factor, string addend) => width.MultiplyAdd(x, NameOf(factor), addend);

    private static string NameOf(int factor) => factor < 0 ? $"minus{-factor}" : $"plus{factor}";
}
