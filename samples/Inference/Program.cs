using System.Diagnostics;
using System.Globalization;
using NetGen;
using Samples;

const string DefaultPath = "lenet5.safetensors";
const int Calls = 1000;

if (args.FirstOrDefault(arg => arg.StartsWith('-') && arg is not ("--help" or "-h")) is { } unknown)
{
    Console.Error.WriteLine($"There is no option '{unknown}'; the program takes a file with weights, or --help.");
    return 2;
}
if (args.Length > 1)
{
    Console.Error.WriteLine($"The program takes one file with weights, not {args.Length} arguments; --help shows more.");
    return 2;
}
if (args is ["--help" or "-h"])
{
    Console.WriteLine("""
        Predicts handwritten digits that the program draws itself.

        usage: dotnet run -c Release --project samples/Inference [-- FILE]

          FILE    the weights (default lenet5.safetensors); samples/Mnist trains and saves them
        """);
    return 0;
}

string path = args.Length == 1 ? args[0] : DefaultPath;
if (Directory.Exists(path))
{
    Console.Error.WriteLine($"'{path}' is a directory; name the file with the weights, such as {Path.Combine(path, DefaultPath)}.");
    return 2;
}
if (!File.Exists(path))
{
    string command = "dotnet run -c Release --project samples/Mnist" + (path == DefaultPath ? "" : $" -- --out \"{path}\"");
    Console.Error.WriteLine($"There is no file '{path}'. Train the network first: {command}");
    return 2;
}

LeNet5 network;
try
{
    network = LeNet5.Load(path);
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    // Unreadable, not safetensors, or weights of another network: the message says which tensor and why.
    Console.Error.WriteLine(exception.Message);
    return 2;
}

// Another seed than the training sample's, so that the network has seen none of these.
ByteImageDataset digits = SyntheticDigits.Create(60, seed: 20_000);
int[] oneOfEach = [.. Enumerable.Range(0, digits.Count).DistinctBy(digits.GetLabel).OrderBy(digits.GetLabel)];
var image = new float[LeNet5.InputLength];
var probabilities = new float[LeNet5.OutputLength];

// The first calls pay for the JIT's compilation and for the workspace that the network keeps from then on.
digits.CopyInput(0, image);
for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < 300;)
    network.Predict(image, probabilities);

Console.WriteLine("drawn  predicted  probability  microseconds  bytes allocated");
foreach (int i in oneOfEach)
{
    digits.CopyInput(i, image);

    long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
    for (int call = 0; call < Calls; call++) network.Predict(image, probabilities);
    double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
    double bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Calls;

    int digit = probabilities.AsSpan().IndexOf(probabilities.Max());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{digits.GetLabel(i),5}  {digit,9}  {probabilities[digit],11:F4}  {microseconds,12:F1}  {bytes,15:0.##}"));
}
return 0;
