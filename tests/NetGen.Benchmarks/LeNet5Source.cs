namespace NetGen.Benchmarks;

/// <summary>The declaration of LeNet-5, as its author typed it.</summary>
internal static class LeNet5Source
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(LeNet5Source).Assembly.GetManifestResourceStream("LeNet5.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
