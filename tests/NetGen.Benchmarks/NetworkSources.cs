namespace NetGen.Benchmarks;

/// <summary>The declarations of the zoo's networks, as their authors typed them.</summary>
internal static class NetworkSources
{
    /// <summary>Names of the classes, smallest network first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["LeNet5", "MnistCnn", "SmallVgg", "AlexNet", "Vgg16"];

    /// <summary>The source of a network.</summary>
    public static string TextOf(string name)
    {
        using Stream stream = typeof(NetworkSources).Assembly.GetManifestResourceStream($"{name}.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
