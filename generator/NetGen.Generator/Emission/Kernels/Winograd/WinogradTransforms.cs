using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// The one-dimensional transforms of F(m, r) as expressions over vectors, applied to columns and then to rows: tiles of four with the
/// points 0, ±1, ∞ and tiles of six with 0, ±1, ±2, ∞ (Lavin and Gray, 2016). The transform of the pixels depends on the points alone, so
/// that F(4, 3) and F(2, 5) share it.
/// </summary>
internal static class WinogradTransforms
{
    /// <summary>From the pixels of a tile's row to as many points.</summary>
    public static string[] OfInput(VectorWidth width, string[] d) => d.Length switch
    {
        4 => [$"({d[0]} - {d[2]})", $"({d[1]} + {d[2]})", $"({d[2]} - {d[1]})", $"({d[1]} - {d[3]})"],
        6 =>
        [
            Plus(width, d[0], "4f", Plus(width, d[2], "-5f", d[4])),
            Plus(width, $"({d[1]} + {d[2]})", "-4f", $"({d[3]} + {d[4]})"),
            Plus(width, $"({d[1]} - {d[2]})", "4f", $"({d[4]} - {d[3]})"),
            Plus(width, $"({d[3]} - {d[1]})", "2f", $"({d[4]} - {d[2]})"),
            Plus(width, $"({d[1]} - {d[3]})", "2f", $"({d[4]} - {d[2]})"),
            Plus(width, d[1], "4f", Plus(width, d[3], "-5f", d[5])),
        ],
        _ => throw new ArgumentException($"There is no transform for tiles of {d.Length}.", nameof(d)),
    };

    /// <summary>From the points of a tile's row to m results.</summary>
    public static string[] OfOutput(VectorWidth width, int side, string[] p) => (side, p.Length) switch
    {
        (2, 4) => [$"({p[0]} + {p[1]} + {p[2]})", $"({p[1]} - {p[2]} - {p[3]})"],
        (2, 6) =>
        [
            $"({p[0]} + ({p[1]} + {p[2]}) + ({p[3]} + {p[4]}))",
            Plus(width, $"({p[3]} - {p[4]})", "2f", $"({p[1]} - {p[2]} + {p[5]})"),
        ],
        (4, 6) =>
        [
            $"({p[0]} + ({p[1]} + {p[2]}) + ({p[3]} + {p[4]}))",
            Plus(width, $"({p[3]} - {p[4]})", "2f", $"({p[1]} - {p[2]})"),
            Plus(width, $"({p[3]} + {p[4]})", "4f", $"({p[1]} + {p[2]})"),
            Plus(width, $"({p[3]} - {p[4]})", "8f", $"({p[1]} - {p[2]} + {p[5]})"),
        ],
        _ => throw new ArgumentException($"There is no transform from {p.Length} points to {side} results.", nameof(p)),
    };

    /// <summary>From r weights to the points of a tile.</summary>
    public static string[] OfWeights(int tileSide, string[] g)
    {
        if (tileSide == 4)
        {
            return [g[0], $"(({g[0]} + {g[1]} + {g[2]}) * 0.5f)", $"(({g[0]} - {g[1]} + {g[2]}) * 0.5f)", g[2]];
        }

        // The polynomial of the weights at ±1 and ±2: its even and its odd part.
        string even1 = Sum(0, _ => "1f"), odd1 = Sum(1, _ => "1f"), even2 = Sum(0, i => $"{1 << i}f"), odd2 = Sum(1, i => $"{1 << i}f");
        return
        [
            $"({g[0]} * 0.25f)",
            $"(({even1} + {odd1}) * (-1f / 6))",
            $"(({even1} - {odd1}) * (-1f / 6))",
            $"(({even2} + {odd2}) * (1f / 24))",
            $"(({even2} - {odd2}) * (1f / 24))",
            g[g.Length - 1],
        ];

        string Sum(int first, Func<int, string> factor) =>
            $"({string.Join(" + ", Enumerable.Range(0, g.Length).Where(i => i % 2 == first).Select(i => factor(i) == "1f" ? g[i] : $"{g[i]} * {factor(i)}"))})";
    }

    private static string Plus(VectorWidth width, string x, string factor, string addend) =>
        width.MultiplyAdd(x, width.Broadcast(factor), addend);
}
