namespace NetGen.Generator.Emission;

/// <summary>A float behind a reference of emitted code, at an index and an offset in floats.</summary>
/// <param name="Reference">A variable, or an expression that can stand behind <c>ref</c>.</param>
/// <param name="Index">An expression that the offset is added to; null for none.</param>
internal readonly record struct ElementRef(string Reference, string? Index, long Offset)
{
    public static implicit operator string(ElementRef element) => element.ToString();

    /// <summary>The float as a place that can be read and assigned.</summary>
    public override string ToString() =>
        Index is null && Offset == 0 ? Reference : $"Unsafe.Add(ref {Reference}, {Sum})";

    /// <summary>
    /// The arguments by which a method for vectors takes the place. It is given a constant offset beside the reference: the C# compiler
    /// then has one generic call less to bind, which is half of what such a line costs.
    /// </summary>
    public string Arguments => Index is null && Offset > 0 ? $"ref {Reference}, {Offset}" : $"ref {this}";

    private string Sum => Index is null ? $"{Offset}" : Offset == 0 ? Index : Offset < 0 ? $"{Index} - {-Offset}" : $"{Index} + {Offset}";
}
