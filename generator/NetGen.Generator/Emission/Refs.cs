namespace NetGen.Generator.Emission;

/// <summary>How emitted code addresses floats behind a reference.</summary>
internal static class Refs
{
    /// <summary>The float at a constant offset from a reference.</summary>
    public static string At(string reference, long offset) => offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    /// <summary>The float at a constant offset plus an expression.</summary>
    public static string At(string reference, string index, long offset = 0)
    {
        string sum = offset == 0 ? index : offset < 0 ? $"{index} - {-offset}" : $"{index} + {offset}";
        return $"Unsafe.Add(ref {reference}, {sum})";
    }

    /// <summary>The float at a constant offset, plus an expression times a constant unless that is null.</summary>
    public static string At(string reference, string? index, long step, long offset) =>
        index is null ? At(reference, offset) : At(reference, step == 1 ? index : $"({index} * {step})", offset);

    /// <summary>An index times a constant, as source.</summary>
    public static string Times(string index, long step) => step == 1 ? index : $"{index} * {step}";
}
