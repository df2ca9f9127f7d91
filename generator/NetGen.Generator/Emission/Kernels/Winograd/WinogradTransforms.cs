using NetGen.Generator.Schedule;

namespace NetGen.Generator.Emission.Kernels.Winograd;

/// <summary>
/// The one-dimensional transforms of F(m, 3) as expressions over vectors, applied to columns and then to rows: F(4, 3) with the points
/// 0, ±1, ±2, ∞ and F(2, 3) with 0, ±1, ∞ (Lavin and Gray, 2016).
/// </summary>
internal static class WinogradTransforms
{
    /// <summary>From m + 2 pixels to m + 2 points.</summary>
    public static string[] OfInput(VectorWidth width, int side, string[] d)
    {
        if (side == 2)
        {
            return [$"({d[0]} - {d[2]})", $"({d[1]} + {d[2]})", $"({d[2]} - {d[1]})", $"({d[1]} - {d[3]})"];
        }

        return
        [
            Plus(width, d[0], "4f", Plus(width, d[2], "-5f", d[4])),
            Plus(width, $"({d[1]} + {d[2]})", "-4f", $"({d[3]} + {d[4]})"),
            Plus(width, $"({d[1]} - {d[2]})", "4f", $"({d[4]} - {d[3]})"),
            Plus(width, $"({d[3]} - {d[1]})", "2f", $"({d[4]} - {d[2]})"),
            Plus(width, $"({d[1]} - {d[3]})", "2f", $"({d[4]} - {d[2]})"),
            Plus(width, d[1], "4f", Plus(width, d[3], "-5f", d[5])),
        ];
    }

    /// <summary>From m + 2 points to m results.</summary>
    public static string[] OfOutput(VectorWidth width, int side, string[] p)
    {
        if (side == 2)
        {
            return [$"({p[0]} + {p[1]} + {p[2]})", $"({p[1]} - {p[2]} - {p[3]})"];
        }

        return
        [
            $"({p[0]} + ({p[1]} + {p[2]}) + ({p[3]} + {p[4]}))",
            Plus(width, $"({p[3]} - {p[4]})", "2f", $"({p[1]} - {p[2]})"),
            Plus(width, $"({p[3]} + {p[4]})", "4f", $"({p[1]} + {p[2]})"),
            Plus(width, $"({p[3]} - {p[4]})", "8f", $"({p[1]} - {p[2]} + {p[5]})"),
        ];
    }

    /// <summary>From three weights to m + 2 points.</summary>
    public static string[] OfWeights(VectorWidth width, int side, string[] g)
    {
        if (side == 2)
        {
            return [g[0], $"(({g[0]} + {g[1]} + {g[2]}) * 0.5f)", $"(({g[0]} - {g[1]} + {g[2]}) * 0.5f)", g[2]];
        }

        string even = $"({g[0]} * (1f / 24) + {g[2]} * (1f / 6))";
        return
        [
            $"({g[0]} * 0.25f)",
            $"(({g[0]} + {g[1]} + {g[2]}) * (-1f / 6))",
            $"(({g[0]} - {g[1]} + {g[2]}) * (-1f / 6))",
            Plus(width, g[1], "1f / 12", even),
            Plus(width, g[1], "-1f / 12", even),
            g[2],
        ];
    }

    private static string Plus(VectorWidth width, string x, string factor, string addend) =>
        width.MultiplyAdd(x, width.Broadcast(factor), addend);
}
