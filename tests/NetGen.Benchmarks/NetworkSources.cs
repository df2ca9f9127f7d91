namespace NetGen.Benchmarks;

/// <summary>The declarations of the zoo's networks, as their authors typed them.</summary>
internal static class NetworkSources
{
    /// <summary>Names of the classes, smallest network first.</summary>
    public static IReadOnlyList<string> Names { get; } = 
    [
        "LeNet5", "MnistCnn", "SentenceCnn", "SmallVgg", "ResNet20", "AlexNet", "SqueezeNet", "ResNet18", "ResNet34", "Vgg11", "Vgg16", "Vgg19", "UNet",
        "MobileNetV2", "GoogLeNet", "ResNet50", "ResNet101", "ResNet152", "DenseNet121",
    ];

    /// <summary>The sources of all networks that this program runs, and of their blocks.</summary>
    public static IEnumerable<string> All => typeof(NetworkSources).Assembly.GetManifestResourceNames().Select(TextOfResource);

    /// <summary>The source of a network, and that of the blocks which it shares with others.</summary>
    public static IReadOnlyList<string> TextsOf(string name) =>
        name.StartsWith("ResNet", StringComparison.Ordinal) ? [TextOf(name), TextOf("ResNetBlocks")] : [TextOf(name)];

    /// <summary>The source of a network in one file.</summary>
    public static string TextOf(string name) => TextOfResource($"{name}.cs");

    private static string TextOfResource(string resource)
    {
        using Stream stream = typeof(NetworkSources).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
