using System.Globalization;
using NetGen;

namespace Samples.Zoo;

/// <summary>Classifies photographs as torchvision does: scaled, cropped and normalized as the training images were.</summary>
internal static class Photograph
{
    private const int Shown = 5;

    // Photographs are scaled a little larger than the network's input, 256 for 224, and lose their margins; small images are not.
    private const int LeastSideOfPhotographs = 224, ScaledSide = 256;

    /// <summary>Classifies the image that the arguments name, and prints the likeliest classes.</summary>
    /// <exception cref="ArgumentsException">The network does not classify images.</exception>
    /// <exception cref="IOException">A file is missing, damaged, or of another network.</exception>
    public static void Classify<TNetwork>(string name, ZooArguments arguments, TextWriter output)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (TNetwork.InputShape is not { Channels: 1 or 3, Height: > 1 } || !TNetwork.OutputShape.IsVector)
            throw new ArgumentsException(
                $"{name} makes {TNetwork.OutputShape} of {TNetwork.InputShape}: it does not classify photographs. Name another network.");

        float[] input = ToInput(RgbImage.Load(arguments.Image!), TNetwork.InputShape);
        string[] labels = ReadLabels(arguments.Labels, TNetwork.OutputLength);
        TNetwork network = arguments.Weights is null ? TNetwork.Create(seed: 1) : TNetwork.Load(arguments.Weights);
        if (arguments.Weights is null)
            output.WriteLine($"{name} has random weights, so its classes mean nothing; --weights FILE.safetensors gives it trained ones.");

        var logits = new float[TNetwork.OutputLength];
        network.Predict(input, logits);
        double[] probabilities = Softmax(logits);
        foreach (int i in Enumerable.Range(0, logits.Length).OrderByDescending(i => probabilities[i]).Take(Shown))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * probabilities[i],6:F2} %  {labels[i]}"));
    }

    /// <summary>
    /// Makes a network's input of an image: its shorter side is scaled, its middle cropped, and its channels normalized by the figures of the
    /// data that networks with such inputs are trained on. Networks of one channel get the brightness.
    /// </summary>
    public static float[] ToInput(RgbImage image, TensorShape shape)
    {
        int side = Math.Max(shape.Height, shape.Width);
        int scaled = side >= LeastSideOfPhotographs ? side * ScaledSide / LeastSideOfPhotographs : side;
        RgbImage middle = image.ResizeShorterSide(scaled).CenterCrop(shape.Width, shape.Height);

        var input = new float[shape.Length];
        if (shape.Channels == 1) Mnist.Normalization.Apply(middle.ToGrey(), input);
        else middle.CopyTo(input, side >= LeastSideOfPhotographs ? PixelNormalization.ImageNet : Cifar10.Normalization);
        return input;
    }

    /// <summary>All networks of the zoo that classify give logits.</summary>
    private static double[] Softmax(float[] logits)
    {
        double greatest = logits.Max();
        double[] powers = Array.ConvertAll(logits, logit => Math.Exp(logit - greatest));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    private static string[] ReadLabels(string? path, int classes)
    {
        if (path is null) return [.. Enumerable.Range(0, classes).Select(i => $"class {i}")];

        // One more than there may be, of a file that may be anything.
        string[] labels = [.. File.ReadLines(path).Take(classes + 1)];
        return labels.Length == classes
            ? labels
            : throw new InvalidDataException(
                $"{path} has {(labels.Length > classes ? "more" : $"{labels.Length}")} lines for {classes} classes; it needs one a class.");
    }
}
