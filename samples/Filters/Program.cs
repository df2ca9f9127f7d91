using NetGen;
using Samples;

const string WeightsOption = "--weights", OutOption = "--out", DefaultOut = "filters";
const string Usage = """
    Shows what filters make of a photograph, filters set by hand and filters learnt, as PNG files.

    usage: dotnet run -c Release --project samples/Filters [-- [PHOTOGRAPH] options]

      PHOTOGRAPH        PNG or PPM (default: a picture that the program draws)
      --weights FILE    LeNet-5's weights, which samples/Mnist saves; adds its first filters
      --out DIR         where the files go (default filters)
      --help            shows this
    """;

try
{
    CommandLine line = CommandLine.Parse(args, WeightsOption, OutOption);
    if (line.Help)
    {
        Console.WriteLine(Usage);
        return 0;
    }
    if (line.Words.Count > 1) throw new ArgumentsException($"The program takes one photograph, not {line.Words.Count}.");

    const int Side = HandSetFilters.Side;
    RgbImage photograph = line.Words is [var path] ? RgbImage.Load(path).ResizeShorterSide(Side).CenterCrop(Side, Side) : TestPicture.Draw(Side);
    LeNet5? learnt = line[WeightsOption] is { } weights ? LeNet5.Load(weights) : null;
    string directory = line[OutOption] ?? DefaultOut;
    Directory.CreateDirectory(directory);

    HandSetFilters network = HandSetFilters.Create();
    var maps = new float[HandSetFilters.OutputLength];
    network.Predict(photograph.ToGrey(), maps);

    Write(photograph, "photograph", "what the filters see, in grey");
    Write(ImageGrid.OfFilters(network.Parameters["conv1.weight"], scale: 16), "filters", "the filters set by hand; zero is mid-grey");
    for (int i = 0; i < HandSetFilters.Outputs.Count; i++)
    {
        (string name, bool isSigned) = HandSetFilters.Outputs[i];
        Write(Grey(maps.AsSpan(i * Side * Side, Side * Side), isSigned), name, isSigned ? "its result; zero is mid-grey" : "its result");
    }
    if (learnt is not null)
    {
        Write(ImageGrid.OfFilters(learnt.Parameters["conv1.weight"], scale: 16), "learnt-filters", "the first filters of LeNet-5");
        Activation seen = learnt.Activations(AsDigit(photograph))["relu1"];
        Write(ImageGrid.OfMaps(seen.Values, seen.Shape, scale: 6), "learnt-maps", "what they see in the photograph, shrunk to a digit's size");
    }
    else Console.WriteLine($"for learnt filters train with samples/Mnist, and pass {WeightsOption} lenet5.safetensors");
    return 0;

    void Write(RgbImage image, string name, string description)
    {
        string file = Path.Combine(directory, name + ".png");
        image.SavePng(file);
        Console.WriteLine($"{file}: {description}");
    }
}
catch (ArgumentsException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{Usage}");
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static float[] AsDigit(RgbImage photograph)
{
    var input = new float[LeNet5.InputLength];
    Mnist.Normalization.Apply(photograph.Resize(28, 28).ToGrey(), input);
    return input;
}

// Where zero is the middle, the greatest magnitude is black or white.
static RgbImage Grey(ReadOnlySpan<float> map, bool isSigned)
{
    float most = 0;
    foreach (float value in map) most = Math.Max(most, Math.Abs(value));
    var grey = new byte[map.Length];
    for (int i = 0; i < grey.Length; i++)
    {
        float fraction = isSigned ? 0.5f + (most > 0 ? map[i] / most / 2 : 0) : map[i];
        grey[i] = (byte)(byte.MaxValue * Math.Clamp(fraction, 0, 1) + 0.5f);
    }
    return RgbImage.FromGrey(HandSetFilters.Side, HandSetFilters.Side, grey);
}
