namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Source with one mistake or several, marked, and what the analyzer says of them.</summary>
public sealed record DiagnosticCase(string Source, params string[] Expected)
{
    /// <summary>A network with these attributes.</summary>
    public static DiagnosticCase Network(string attributes, params string[] expected) =>
        new(Infrastructure.TestCompilation.Network(attributes), expected);

    public override string ToString() => string.Join(" / ", Expected);
}
