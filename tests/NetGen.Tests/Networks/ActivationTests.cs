using System.Runtime.InteropServices;
using NetGen.Tests.Reference;
using Samples.Zoo;
using Xunit;

namespace NetGen.Tests.Networks;

/// <summary>The outputs of a network's layers, as a user asks for them.</summary>
public sealed class ActivationTests
{
    [Fact]
    public void LeNet5_gives_the_outputs_of_its_layers()
    {
        LeNet5 network = new(seed: 3);
        float[] image = Image(LeNet5.InputLength);
        ActivationSet activations = network.Activations(image);

        Assert.Equal(
            [
                "conv1 6×28×28", "relu1 6×28×28", "pool1 6×14×14", "conv2 16×10×10", "relu2 16×10×10", "pool2 16×5×5",
                "fc1 120", "relu3 120", "fc2 84", "relu4 84", "fc3 10",
            ],
            activations.Select(activation => activation.ToString()));
        Check(ReferenceNetwork.Of(typeof(LeNet5)), network, image);
        CheckRectifiers(activations);
    }

    [Fact]
    public void A_residual_network_gives_what_is_folded_and_added_in_place()
    {
        ActivatedNetworks.Residual network = new(seed: 4);
        InitializeAverages(network.Parameters);
        float[] image = Image(ActivatedNetworks.Residual.InputLength);
        ActivationSet activations = network.Activations(image);

        Assert.Equal(
            [
                "conv1", "bn1", "stem", "conv2", "bn2", "relu2", "conv3", "bn3", "add1", "relu3", "conv4", "bn4", "dropout1", "relu4", "conv5", "bn5",
                "add2", "join", "pool1", "fc1", "softmax1",
            ],
            activations.Names);
        Check(ReferenceNetwork.Of(typeof(ActivatedNetworks.Residual)), network, image);
        CheckRectifiers(activations);
        Assert.Equal(activations["bn4"].Values, activations["dropout1"].Values);
    }

    [Fact]
    public void Layers_of_blocks_have_their_full_names()
    {
        ResNet20 network = new(seed: 5);
        float[] image = Image(ResNet20.InputLength), logits = new float[ResNet20.OutputLength];
        ActivationSet activations = network.Activations(image);
        network.Predict(image, logits);

        // Three convolutions, normalisations and rectifiers a copy, shortcuts, and what is around the blocks.
        Assert.Equal(3 + (9 * 7) + (2 * 2) + 2, activations.Count);
        Assert.Equal("layer2.0.downsample.1 32×16×16", activations["layer2.0.downsample.1"].ToString());
        Assert.Equal(Bits(logits), Bits(activations["fc"].Values));
        for (int i = 0; i < activations["layer3.2.add1"].Values.Length; i++)
        {
            float sum = activations["layer3.2.bn2"].Values[i] + activations["layer3.1.relu2"].Values[i];
            Assert.Equal(sum, activations["layer3.2.add1"].Values[i]);
        }
    }

    [Fact]
    public void Networks_whose_work_threads_share_give_them_too()
    {
        SmallVgg network = new(seed: 6);
        float[] image = Image(SmallVgg.InputLength), output = new float[SmallVgg.OutputLength];
        ActivationSet activations = network.Activations(image);
        network.Predict(image, output);
        Assert.Equal(Bits(output), Bits(activations[^1].Values));
        CheckRectifiers(activations);
    }

    [Fact]
    public void Weights_that_changed_are_seen_and_predictions_beside_keep_their_bits()
    {
        ActivatedNetworks.Residual network = new(seed: 7);
        float[] image = Image(ActivatedNetworks.Residual.InputLength), expected = new float[ActivatedNetworks.Residual.OutputLength];
        network.Activations(image);
        network.Parameters["fc1.bias"].CopyFrom([5, 0, 0, 0]);
        network.Predict(image, expected);
        Assert.Equal(Bits(expected), Bits(network.Activations(image)[^1].Values));

        Parallel.For(0, 16, i =>
        {
            float[] output = new float[expected.Length];
            network.Predict(image, output);
            Assert.Equal(Bits(expected), Bits(output));
            Assert.Equal(Bits(expected), Bits(network.Activations(image)[^1].Values));
        });
    }

    [Fact]
    public void A_layer_that_is_not_there_is_told_the_layers_that_are()
    {
        ActivationSet activations = new Perceptron<YesNo>(1).Activations([0.5f, -0.5f]);
        ThrowsWith.Message<KeyNotFoundException>("There is no layer 'conv1'. The layers are fc1, tanh1, output.", () => activations["conv1"]);
        ThrowsWith.Message<ArgumentOutOfRangeException>("There are 3 layers: the index goes from 0 to 2.", () => activations[3]);
        ThrowsWith.Message<ArgumentOutOfRangeException>("There are 3 layers: the index goes from 0 to 2.", () => activations[-1]);
        Assert.False(activations.TryGet("Fc1", out _));
        Assert.True(activations.TryGet("fc1", out Activation? sums));
        Assert.Equal(MathF.Tanh(sums.Values[7]), activations["tanh1"].Values[7], 5);
        Assert.Equal(["fc1", "tanh1", "output"], activations.Names);
    }

    [Fact]
    public void Wrong_lengths_say_what_the_network_takes()
    {
        ThrowsWith.Message<ArgumentException>(
            "Classifier takes 18 values (2×3×3); the input has 17.", () => new Perceptron<Classifier>(1).Activations(new float[17]));
        ThrowsWith.Message<ArgumentException>("LeNet5 takes 784 values (1×28×28); the input has 0.", () => new LeNet5().Activations([]));
    }

    private static float[] Image(int length) => [.. Enumerable.Range(0, length).Select(i => MathF.Sin(i))];

    /// <summary>Averages that are not what a network starts with, so that it matters that they are taken.</summary>
    private static void InitializeAverages(ParameterSet parameters)
    {
        var random = new Random(1);
        foreach (Parameter parameter in parameters.Where(parameter => parameter.Shape.Length == 1))
        {
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => random.NextSingle() + 0.5f)]);
        }
    }

    private static void Check<TNetwork>(ReferenceNetwork reference, TNetwork network, float[] image)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (Parameter parameter in network.Parameters)
        {
            ReferenceNetwork.Doubles(parameter.ToArray()).CopyTo(reference.Parameters[parameter.Name].Values, 0);
        }

        ActivationSet activations = network.Activations(image);
        List<double[]> expected = reference.Values(ReferenceNetwork.Doubles(image));
        Assert.Equal(expected.Count - 1, activations.Count);
        for (int layer = 0; layer < activations.Count; layer++)
        {
            // Layers add what they inherit, and predictions may convolve by Winograd's tiles.
            Close.Assert(expected[layer + 1], activations[layer].Values.ToArray(), Close.Winograd, activations[layer].Name);
        }

        float[] output = new float[TNetwork.OutputLength];
        network.Predict(image, output);
        Assert.Equal(Bits(output), Bits(activations[^1].Values));
    }

    /// <summary>A rectifier's output is zero where what it reads is clearly negative, and elsewhere that, but for rounding.</summary>
    private static void CheckRectifiers(ActivationSet activations)
    {
        for (int layer = 1; layer < activations.Count; layer++)
        {
            if (activations[layer].Name.StartsWith("relu", StringComparison.Ordinal))
            {
                double[] expected = [.. activations[layer - 1].Values.ToArray().Select(value => Math.Max(0d, value))];
                Close.Assert(expected, activations[layer].Values.ToArray(), Close.Winograd, activations[layer].Name);
            }
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, uint>(values).ToArray();
}
