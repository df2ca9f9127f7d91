using NetGen;

namespace Samples.Zoo;

/// <summary>A network of the zoo, for those that know it by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Show">Prints its layers, size and speed.</param>
/// <param name="Classify">Classifies the photograph that the arguments name, and prints the classes.</param>
internal sealed record ZooNetwork(string Name, Action Show, Action<ZooArguments, TextWriter> Classify)
{
    /// <summary>All networks, the small ones first.</summary>
    public static IReadOnlyList<ZooNetwork> All { get; } =
    [
        Of<LeNet5>("lenet5"),
        Of<MnistCnn>("mnist-cnn"),
        Of<SmallVgg>("small-vgg"),
        Of<ResNet20>("resnet20"),
        Of<AlexNet>("alexnet"),
        Of<Vgg11>("vgg11"),
        Of<Vgg16>("vgg16"),
        Of<Vgg19>("vgg19"),
        Of<SqueezeNet>("squeezenet"),
        Of<GoogLeNet>("googlenet"),
        Of<ResNet18>("resnet18"),
        Of<ResNet34>("resnet34"),
        Of<ResNet50>("resnet50"),
        Of<ResNet101>("resnet101"),
        Of<ResNet152>("resnet152"),
        Of<DenseNet121>("densenet121"),
        Of<MobileNetV2>("mobilenet-v2"),
        Of<UNet>("unet"),
        Of<SentenceCnn>("sentence-cnn"),
    ];

    /// <summary>The network of a name, in any case and with or without dashes: <c>MobileNetV2</c> is <c>mobilenet-v2</c>.</summary>
    public static ZooNetwork? Find(string name) =>
        All.FirstOrDefault(network => WithoutDashes(network.Name).Equals(WithoutDashes(name), StringComparison.OrdinalIgnoreCase));

    private static ZooNetwork Of<TNetwork>(string name)
        where TNetwork : class, INetwork<TNetwork> =>
        new(name, () => Overview.Show<TNetwork>(name), (arguments, output) => Photograph.Classify<TNetwork>(name, arguments, output));

    private static string WithoutDashes(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
