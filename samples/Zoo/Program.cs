using System.Diagnostics;
using System.Globalization;
using NetGen;
using Samples.Zoo;

const int FewestCalls = 5;
const double Seconds = 0.5;

var networks = new Dictionary<string, Action<string>>(StringComparer.OrdinalIgnoreCase)
{
    ["lenet5"] = Show<LeNet5>,
    ["mnist-cnn"] = Show<MnistCnn>,
    ["small-vgg"] = Show<SmallVgg>,
    ["resnet20"] = Show<ResNet20>,
    ["alexnet"] = Show<AlexNet>,
    ["vgg11"] = Show<Vgg11>,
    ["vgg16"] = Show<Vgg16>,
    ["vgg19"] = Show<Vgg19>,
    ["squeezenet"] = Show<SqueezeNet>,
    ["googlenet"] = Show<GoogLeNet>,
    ["resnet18"] = Show<ResNet18>,
    ["resnet34"] = Show<ResNet34>,
    ["resnet50"] = Show<ResNet50>,
    ["resnet101"] = Show<ResNet101>,
    ["resnet152"] = Show<ResNet152>,
    ["densenet121"] = Show<DenseNet121>,
    ["mobilenet-v2"] = Show<MobileNetV2>,
    ["unet"] = Show<UNet>,
    ["sentence-cnn"] = Show<SentenceCnn>,
};
if (args.FirstOrDefault(name => !networks.ContainsKey(name)) is { } unknown)
{
    bool help = unknown is "--help" or "-h";
    (help ? Console.Out : Console.Error).WriteLine($"""
        {(help ? "Shows the layers, the size and the speed of well-known networks." : $"There is no network '{unknown}'.")}

        usage: dotnet run -c Release --project samples/Zoo [-- NETWORK ...]

          NETWORK    one of {string.Join(", ", networks.Keys)} (default: all)
        """);
    return help ? 0 : 2;
}

foreach (string name in args.Length > 0 ? args : [.. networks.Keys]) networks[name](name);
return 0;

static void Show<TNetwork>(string name)
    where TNetwork : class, INetwork<TNetwork>
{
    Console.WriteLine(name);
    foreach (string line in LayerTable.Of(typeof(TNetwork))) Console.WriteLine("  " + line);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

          input            {TNetwork.InputShape}
          output           {TNetwork.OutputShape}
          parameters       {TNetwork.ParameterCount:N0}
          multiply-adds    {TNetwork.MultiplyAdds:N0}
          workspace bytes  {TNetwork.WorkspaceBytes:N0}
          one image        {MedianMicroseconds(TNetwork.Create(seed: 1)):N1} µs

        """));
}

static double MedianMicroseconds<TNetwork>(TNetwork network)
    where TNetwork : class, INetwork<TNetwork>
{
    var random = new Random(1);
    var image = new float[TNetwork.InputLength];
    var output = new float[TNetwork.OutputLength];
    for (int i = 0; i < image.Length; i++) image[i] = random.NextSingle();

    // The first call pays for the JIT's compilation and for the workspace that the network keeps from then on.
    network.Predict(image, output);
    var microseconds = new List<double>();
    for (long begin = Stopwatch.GetTimestamp();
         microseconds.Count < FewestCalls || Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds;)
    {
        long start = Stopwatch.GetTimestamp();
        network.Predict(image, output);
        microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }
    microseconds.Sort();
    return microseconds[microseconds.Count / 2];
}
