using System.Globalization;

namespace NetGen.Generator.Emission;

/// <summary>Numbers and text as C# source.</summary>
internal static class Literals
{
    /// <summary>A float, shortest form that reads back as the same.</summary>
    public static string Float(double value)
    {
        float single = (float)value;
        string text = single.ToString("R", CultureInfo.InvariantCulture);
        return float.IsNaN(single) ? "float.NaN"
            : float.IsPositiveInfinity(single) ? "float.PositiveInfinity"
            : float.IsNegativeInfinity(single) ? "float.NegativeInfinity"
            : $"{text}f";
    }

    public static string Double(double value) => Number(value) + "d";

    /// <summary>A number as text, shortest form that reads back as the same.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    /// <summary>An integer with thousands separated, for comments.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
