using NetGen.Benchmarks.SideBySide.Chains;
using NetGen.Benchmarks.SideBySide.Later;
using Samples.Zoo;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>The networks that can be compared.</summary>
internal static class NetworkList
{
    /// <summary>Well-known networks.</summary>
    public static IReadOnlyList<BenchmarkNetwork> Zoo { get; } =
    [
        new BenchmarkNetwork<LeNet5>("lenet5"),
        new BenchmarkNetwork<MnistCnn>("mnist-cnn"),
        new BenchmarkNetwork<SmallVgg>("small-vgg"),
        new BenchmarkNetwork<AlexNet>("alexnet"),
        new BenchmarkNetwork<Vgg16>("vgg16"),
        new BenchmarkNetwork<ResNet20>("resnet20"),
        new BenchmarkNetwork<SqueezeNet>("squeezenet"),
        new BenchmarkNetwork<MobileNetV2>("mobilenet-v2"),
        new BenchmarkNetwork<GoogLeNet>("googlenet"),
        new BenchmarkNetwork<ResNet18>("resnet18"),
        new BenchmarkNetwork<DenseNet121>("densenet121"),
        new BenchmarkNetwork<ResNet50>("resnet50"),
        new BenchmarkNetwork<ResNet152>("resnet152"),
    ];

    /// <summary>Networks of later years: gates, grouped and shuffled channels, factorised, separable and dilated convolutions.</summary>
    public static IReadOnlyList<BenchmarkNetwork> Later { get; } =
    [
        new BenchmarkNetwork<MobileNetV3Large>("mobilenet-v3-large"),
        new BenchmarkNetwork<EfficientNetB0>("efficientnet-b0"),
        new BenchmarkNetwork<ResNeXt50>("resnext50"),
        new BenchmarkNetwork<ShuffleNetV2>("shufflenet-v2"),
        new BenchmarkNetwork<RegNetY16>("regnet-y-1.6gf"),
        new BenchmarkNetwork<ConvNeXtTiny>("convnext-tiny"),
        new BenchmarkNetwork<InceptionV3>("inception-v3"),
        new BenchmarkNetwork<Xception>("xception"),
        new BenchmarkNetwork<MnasNet>("mnasnet"),
        new BenchmarkNetwork<DeepLabV3>("deeplabv3"),
    ];

    /// <summary>Chains of shapes that nobody tunes for.</summary>
    public static IReadOnlyList<BenchmarkNetwork> Chains { get; } =
    [
        new BenchmarkNetwork<PrimeChannels>("prime-channels"),
        new BenchmarkNetwork<WidePrimeChannels>("wide-prime-channels"),
        new BenchmarkNetwork<FiveByFive>("five-by-five"),
        new BenchmarkNetwork<SevenBySeven>("seven-by-seven"),
        new BenchmarkNetwork<StrideThree>("stride-three"),
        new BenchmarkNetwork<TinyImages>("tiny-images"),
        new BenchmarkNetwork<WideImages>("wide-images"),
        new BenchmarkNetwork<TallImages>("tall-images"),
        new BenchmarkNetwork<Dilated>("dilated"),
        new BenchmarkNetwork<Grouped>("grouped"),
        new BenchmarkNetwork<Depthwise>("depthwise"),
        new BenchmarkNetwork<Pointwise>("pointwise"),
        new BenchmarkNetwork<OneDimensional>("one-dimensional"),
        new BenchmarkNetwork<SmoothActivations>("smooth-activations"),
        new BenchmarkNetwork<Perceptron>("perceptron"),
    ];

    /// <summary>The networks of these names.</summary>
    /// <exception cref="CommandLineException">There is none of a name; the message lists the names.</exception>
    public static IReadOnlyList<BenchmarkNetwork> Find(IEnumerable<string> names)
    {
        BenchmarkNetwork[] all = [.. Zoo, .. Later, .. Chains];
        return
        [
            .. names.Select(name => all.FirstOrDefault(network => network.Name == name) ?? throw new CommandLineException(
                $"There is no network '{name}'; the networks are {string.Join(", ", all.Select(network => network.Name))}.")),
        ];
    }
}
