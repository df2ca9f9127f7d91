namespace NetGen.Generator.Emission;

/// <summary>How emitted code addresses floats behind a reference.</summary>
internal static class Refs
{
    /// <summary>The float at a constant offset from a reference.</summary>
    public static ElementRef At(string reference, long offset) => new(reference, null, offset);

    /// <summary>The float at a constant offset plus an expression.</summary>
    public static ElementRef At(string reference, string index, long offset = 0) => new(reference, index, offset);

    /// <summary>The float at a constant offset, plus an expression times a constant unless that is null.</summary>
    public static ElementRef At(string reference, string? index, long step, long offset) =>
        new(reference, index is null || step == 1 ? index : $"({index} * {step})", offset);

    /// <summary>An index times a constant, as source.</summary>
    public static string Times(string index, long step) => step == 1 ? index : $"{index} * {step}";
}
