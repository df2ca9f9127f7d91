using System.Security.Cryptography;
using Samples;
using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.Imaging;

/// <summary>Photographs, and what <c>samples/Zoo</c> does with them.</summary>
public sealed class PhotographTests : IDisposable
{
    // Of the pixels as another decoder gives them, with what is transparent on white.
    private static readonly Dictionary<string, (int Width, int Height, string Sha256)> s_photographs = new()
    {
        ["astronaut"] = (512, 512, "a8c429c18afa7b0fd5673e598d73a21225d94c864a71bbb3885126fdecb41071"),
        ["camera"] = (512, 512, "13e2b4aa92cb1649b4aac5a4d48b38a8ea3a18b86e8abdf5a4871abf24c9d038"),
        ["chelsea"] = (451, 300, "416b729128bfb2c3d1eb69bf9b1734a796293abc17939267b2dc94f8a5784031"),
        ["coffee"] = (600, 400, "0ce2b51640b9c95f19617f03eabf40c3f0368589cc1ee1190b70966165ac184f"),
        ["coins"] = (384, 303, "aaecc2ad43bd43e204f7ad01dc60494586ff80d42236c2db358c59b9be1f5427"),
        ["horse"] = (400, 328, "d45c4524da3d8c2c5f11f46a648d76ea070381cdb72c59a8c4f3a4585ac1df97"),
    };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SharedDataFact("images")]
    public void Photographs_are_decoded_as_by_another_decoder()
    {
        foreach ((string name, (int width, int height, string sha256)) in s_photographs)
        {
            RgbImage image = RgbImage.Load(SharedData.PathOf("images", name + ".png"));
            Assert.Equal((width, height), (image.Width, image.Height));
            Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));

            using var saved = new MemoryStream();
            image.SavePng(saved);
            saved.Position = 0;
            Assert.True(RgbImage.Load(saved).Pixels.SequenceEqual(image.Pixels));
        }
    }

    [SharedDataFact("images")]
    public void A_JPEG_needs_a_decoder() => ThrowsWith.Message<ImageFormatException>(
        "rocket.jpg, offset 0: this is a JPEG file", () => RgbImage.Load(SharedData.PathOf("images", "rocket.jpg")));

    [Fact]
    public void A_photograph_is_scaled_and_cropped_as_torchvision_does()
    {
        RgbImage image = RgbImageTests.Random(300, 400);
        var expected = new float[3 * 224 * 224];
        image.Resize(256, 341).Crop(16, 58, 224, 224).CopyTo(expected, PixelNormalization.ImageNet);
        Assert.Equal(expected, Photograph.ToInput(image, new TensorShape(3, 224, 224)));

        var small = new float[3 * 32 * 32];
        image.Resize(32, 42).Crop(0, 5, 32, 32).CopyTo(small, Cifar10.Normalization);
        Assert.Equal(small, Photograph.ToInput(image, new TensorShape(3, 32, 32)));

        var grey = new float[28 * 28];
        Mnist.Normalization.Apply(image.Resize(28, 37).Crop(0, 4, 28, 28).ToGrey(), grey);
        Assert.Equal(grey, Photograph.ToInput(image, new TensorShape(1, 28, 28)));
    }

    [Fact]
    public void The_likeliest_classes_are_printed_with_names_and_probabilities()
    {
        string image = Path.Combine(_directory.Path, "digit.png"), weights = Path.Combine(_directory.Path, "lenet5.safetensors");
        string labels = Path.Combine(_directory.Path, "labels.txt");
        RgbImageTests.Random(28, 28).SavePng(image);
        File.WriteAllLines(labels, Enumerable.Range(0, 10).Select(i => $"digit {i}"));

        // Logits that are logarithms of what is to come out.
        var network = new LeNet5(seed: 1);
        network.Parameters["fc3.weight"].CopyFrom(new float[840]);
        network.Parameters["fc3.bias"].CopyFrom([.. Enumerable.Range(0, 10).Select(i => (float)Math.Log((i + 1) / 55.0))]);
        network.Save(weights);

        Assert.Equal(
            [" 18.18 %  digit 9", " 16.36 %  digit 8", " 14.55 %  digit 7", " 12.73 %  digit 6", " 10.91 %  digit 5"],
            Classify("LeNet-5", "--image", image, "--weights", weights, "--labels=" + labels));
        Assert.Equal(" 18.18 %  class 9", Classify("lenet5", "--image", image, "--weights", weights)[0]);
        Assert.Contains("lenet5 has random weights, so its classes mean nothing", Classify("lenet5", "--image", image)[0], StringComparison.Ordinal);

        File.AppendAllText(labels, "one more\n");
        ThrowsWith.Message<InvalidDataException>("has more lines for 10 classes", () => Classify("lenet5", "--image", image, "--labels", labels));
        File.WriteAllText(labels, "a\nb\n");
        ThrowsWith.Message<InvalidDataException>("has 2 lines for 10 classes; it needs one a class.", () => Classify("lenet5", "--image", image, "--labels", labels));
        ThrowsWith.Message<WeightsFormatException>("digit.png", () => Classify("lenet5", "--image", image, "--weights", image));
        ThrowsWith.Message<ImageFormatException>("labels.txt", () => Classify("lenet5", "--image", labels));
        ThrowsWith.Message<ArgumentsException>("does not classify photographs", () => Classify("sentence-cnn", "--image", image));
        ThrowsWith.Message<ArgumentsException>("unet makes 2×256×256 of 1×256×256", () => Classify("unet", "--image", image));
    }

    [Fact]
    public void Networks_are_found_in_any_case_with_and_without_dashes()
    {
        foreach (string name in (string[])["ResNet50", "resnet50", "RESNET-50"]) Assert.Equal("resnet50", ZooNetwork.Find(name)!.Name);
        foreach (string name in (string[])["mobilenet-v2", "MobileNetV2"]) Assert.Equal("mobilenet-v2", ZooNetwork.Find(name)!.Name);
        Assert.Equal(ZooNetwork.All.Count, ZooArguments.Parse([]).Networks.Count);
        Assert.Equal(["vgg16", "alexnet"], ZooArguments.Parse(["VGG16", "AlexNet"]).Networks.Select(network => network.Name));
        Assert.True(ZooArguments.Parse(["vgg16", "--help"]).Help);
    }

    [Theory]
    [InlineData("There is no network 'vgg17'.", "vgg17")]
    [InlineData("There is no option '--picture'; the options are --image --weights --labels --help.", "vgg16", "--picture", "a")]
    [InlineData("--image needs a value.", "vgg16", "--image")]
    [InlineData("--image needs a value.", "vgg16", "--image=")]
    [InlineData("--weights is for a photograph; name it with --image.", "vgg16", "--weights", "a")]
    [InlineData("One network classifies a photograph; 2 are named.", "vgg16", "vgg19", "--image", "a")]
    [InlineData("One network classifies a photograph; 0 are named.", "--image", "a")]
    public void Mistakes_of_the_command_line_are_told(string message, params string[] args) =>
        ThrowsWith.Message<ArgumentsException>(message, () => ZooArguments.Parse(args));

    private static string[] Classify(params string[] args)
    {
        ZooArguments arguments = ZooArguments.Parse(args);
        using var output = new StringWriter();
        Assert.Single(arguments.Networks).Classify(arguments, output);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
