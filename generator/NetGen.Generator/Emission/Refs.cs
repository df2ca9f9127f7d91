namespace NetGen.Generator.Emission;

/// <summary>How emitted code addresses floats behind a reference.</summary>
internal static class Refs
{
    /// <summary>The float at a constant offset from a reference.</summary>
    public static string At(string reference, long offset) => offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    /// <summary>The float at a constant offset plus an expression.</summary>
    public static string At(string reference, string index, long offset = 0)
    {
        string sum = offset == 0 ? index : $"{index} + {offset}";
        return $"Unsafe.Add(ref {reference}, {sum})";
    }

    /// <summary>An index times a constant, as source.</summary>
    public static string Times(string index, long step) => step == 1 ? index : $"{index} * {step}";
}
