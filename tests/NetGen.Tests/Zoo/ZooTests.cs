using NetGen.Benchmarks.SideBySide;
using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.Zoo;

/// <summary>The networks of samples/Zoo against their published sizes, and against PyTorch's with the same weights.</summary>
public sealed class ZooTests
{
    // Of the largest logit; PyTorch's own float32 errs by 6e-6.
    private const double Tolerance = 1e-4;

    [Fact]
    public void Networks_have_the_published_parameters_and_multiply_adds()
    {
        Assert.Equal((61_706, 416_520), (LeNet5.ParameterCount, LeNet5.MultiplyAdds));
        Assert.Equal((1_199_882, 11_992_448), (MnistCnn.ParameterCount, MnistCnn.MultiplyAdds));
        Assert.Equal((2_196_810, 153_815_552), (SmallVgg.ParameterCount, SmallVgg.MultiplyAdds));
        Assert.Equal((61_100_840, 714_188_480), (AlexNet.ParameterCount, AlexNet.MultiplyAdds));
        Assert.Equal((138_357_544, 15_470_264_320), (Vgg16.ParameterCount, Vgg16.MultiplyAdds));
        Assert.Equal((132_863_336, 143_667_240), (Vgg11.ParameterCount, Vgg19.ParameterCount));
        Assert.Equal((11_689_512, 21_797_672), (ResNet18.ParameterCount, ResNet34.ParameterCount));
        Assert.Equal((25_557_032, 44_549_160, 60_192_808), (ResNet50.ParameterCount, ResNet101.ParameterCount, ResNet152.ParameterCount));
        Assert.Equal((1_235_496, 6_624_904), (SqueezeNet.ParameterCount, GoogLeNet.ParameterCount));
        Assert.Equal((7_978_856, 3_504_872), (DenseNet121.ParameterCount, MobileNetV2.ParameterCount));

        // Counted by hand from the papers' tables: those of ResNet-20 with convolutions in two shortcuts, of U-Net with one grey channel.
        Assert.Equal((272_474, 31_030_658, 360_902), (ResNet20.ParameterCount, UNet.ParameterCount, SentenceCnn.ParameterCount));
    }

    [Fact]
    [Trait("Category", "Numeric")]
    public void AlexNet_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<AlexNet>("zoo-alexnet");

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void Vgg16_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<Vgg16>("zoo-vgg16");

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void ResNets_have_the_parameters_of_PyTorch_and_give_its_logits()
    {
        CheckAgainstPyTorch<ResNet18>("zoo-resnet18");
        CheckAgainstPyTorch<ResNet50>("zoo-resnet50");
        CheckAgainstPyTorch<ResNet152>("zoo-resnet152");
    }

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void SqueezeNet_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<SqueezeNet>("zoo-squeezenet1_1");

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void GoogLeNet_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<GoogLeNet>("zoo-googlenet");

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void DenseNet_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<DenseNet121>("zoo-densenet121");

    [VectorizedFact]
    [Trait("Category", "Numeric")]
    public void MobileNet_has_the_parameters_of_PyTorch_and_gives_its_logits() => CheckAgainstPyTorch<MobileNetV2>("zoo-mobilenet_v2");

    [Fact]
    public void Small_networks_predict_without_allocating()
    {
        Assert.Equal(0, BytesOfSecondPrediction(new LeNet5()));
        Assert.Equal(0, BytesOfSecondPrediction(new MnistCnn()));
        Assert.Equal(0, BytesOfSecondPrediction(new SmallVgg()));
    }

    private static long BytesOfSecondPrediction<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = new float[TNetwork.InputLength], output = new float[TNetwork.OutputLength];
        network.Predict(input, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Predict(input, output);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void CheckAgainstPyTorch<TNetwork>(string golden)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 0);
        Assert.Equal(StateDict.Read(golden), network.Parameters.Select(parameter => parameter.ToString()));

        FormulaValues.Fill(network.Parameters);
        float[] input = new float[TNetwork.InputLength], logits = new float[TNetwork.OutputLength];
        FormulaValues.FillInput(input);
        network.Predict(input, logits);
        Close.Assert([.. Golden.Read(golden).Floats("logits").Select(value => (double)value)], logits, Tolerance, "logit");
        Assert.Equal(0, BytesOfSecondPrediction(network));
    }
}
