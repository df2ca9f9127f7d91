using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Tests.Operators;

/// <summary>
/// The operators without parameters, forward and backward, in every layout, against their references. A network is run as its users
/// run it: predictions through a workspace, gradients through the trainer, for a batch that fills one micro-batch and begins another.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OperatorTests
{
    private const int BatchSize = 19;
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Pools => [.. DeclaredNetwork.NamesIn(typeof(PoolNetworks))];

    public static TheoryData<string> Softmaxes => [.. DeclaredNetwork.NamesIn(typeof(SoftmaxNetworks))];

    public static TheoryData<string> LogSoftmaxes => [.. DeclaredNetwork.NamesIn(typeof(LogSoftmaxNetworks))];

    [Theory, MemberData(nameof(Pools))]
    public void Pools_agree_with_their_reference(string name) => Compare(typeof(PoolNetworks), name, Images.Smooth);

    [Theory, MemberData(nameof(Pools))]
    public void Of_equal_elements_the_first_is_the_greatest(string name) => Compare(typeof(PoolNetworks), name, Images.WithTies);

    [Theory, MemberData(nameof(Softmaxes))]
    public void Softmaxes_agree_with_their_reference(string name) => Compare(
        typeof(SoftmaxNetworks), name, (count, seed) => [.. Images.Smooth(count, seed).Select(value => 8 * value)]);

    [Theory, MemberData(nameof(LogSoftmaxes))]
    public void Logarithms_of_softmax_agree_with_their_reference(string name) => Compare(
        typeof(LogSoftmaxNetworks), name, (count, seed) => [.. Images.Smooth(count, seed).Select(value => 8 * value)]);

    [Theory, MemberData(nameof(Pools))]
    public void Infinities_and_NaN_come_through_pools_and_go_nowhere_else(string name) =>
        ComparePredictions(typeof(PoolNetworks), name, Images.WithExtremes);

    [Theory, MemberData(nameof(Softmaxes))]
    public void Softmaxes_do_not_overflow(string name) => ComparePredictions(
        typeof(SoftmaxNetworks),
        name,
        (count, seed) => [.. Images.Smooth(count, seed).Select(value => value < -0.9f ? float.NegativeInfinity : 1e4f * value)]);

    [Theory, MemberData(nameof(LogSoftmaxes))]
    public void Logarithms_of_softmax_do_not_overflow(string name) => ComparePredictions(
        typeof(LogSoftmaxNetworks),
        name,
        (count, seed) => [.. Images.Smooth(count, seed).Select(value => value < -0.9f ? float.NegativeInfinity : 1e4f * value)]);

    [Theory, MemberData(nameof(Pools))]
    public void Pools_read_nothing_but_elements(string name) => CompareInDirtyMemory(typeof(PoolNetworks), name);

    [Theory, MemberData(nameof(Softmaxes))]
    public void Softmaxes_read_nothing_but_elements(string name) => CompareInDirtyMemory(typeof(SoftmaxNetworks), name);

    [Theory, MemberData(nameof(LogSoftmaxes))]
    public void Logarithms_of_softmax_read_nothing_but_elements(string name) => CompareInDirtyMemory(typeof(LogSoftmaxNetworks), name);

    [Theory, MemberData(nameof(Pools))]
    public void The_references_of_pools_agree_with_central_differences(string name) =>
        CompareWithDifferences(typeof(PoolNetworks), name);

    [Theory, MemberData(nameof(Softmaxes))]
    public void The_references_of_softmaxes_agree_with_central_differences(string name) =>
        CompareWithDifferences(typeof(SoftmaxNetworks), name);

    private static void Compare(Type networks, string name, Func<int, int, float[]> makeImages)
    {
        using DeclaredNetwork network = DeclaredNetwork.In(networks, name);
        ReferenceNetwork reference = ReferenceNetwork.Of(network.Type);
        int inputs = reference.Input.Length, outputs = reference.Output.Length;
        float[] images = makeImages(BatchSize * inputs, 1);
        float[] outputGradients = Images.Smooth(BatchSize * outputs, 2);
        double[] expectedOutputs = [.. images.Chunk(inputs).SelectMany(reference.Forward)];
        double[] expectedGradients =
        [
            .. images.Chunk(inputs).Zip(outputGradients.Chunk(outputs)).SelectMany(image =>
                reference.Backward(ReferenceNetwork.Doubles(image.First), ReferenceNetwork.Doubles(image.Second))),
        ];

        float[] predictions = network.Predict(images);
        (float[] trained, float[] gradients) = network.Train(images, outputGradients);

        Close.Assert(expectedOutputs, predictions, Tolerance);
        Close.Assert(expectedOutputs, trained, Tolerance);
        Close.Assert(expectedGradients, gradients, Tolerance);
    }

    private static void ComparePredictions(Type networks, string name, Func<int, int, float[]> makeImages)
    {
        using DeclaredNetwork network = DeclaredNetwork.In(networks, name);
        ReferenceNetwork reference = ReferenceNetwork.Of(network.Type);
        float[] images = makeImages(3 * reference.Input.Length, 8);
        double[] expected = [.. images.Chunk(reference.Input.Length).SelectMany(reference.Forward)];
        Close.Assert(expected, network.Predict(images), Tolerance);
    }

    private static void CompareInDirtyMemory(Type networks, string name)
    {
        using DeclaredNetwork network = DeclaredNetwork.In(networks, name);
        ReferenceNetwork reference = ReferenceNetwork.Of(network.Type);
        float[] images = Images.Smooth(BatchSize * reference.Input.Length, 3);
        float[] outputGradients = Images.Smooth(BatchSize * reference.Output.Length, 4);

        (float[] outputs, float[] gradients) = network.TrainInDirtyMemory(images, outputGradients);

        (float[] cleanOutputs, float[] cleanGradients) = network.Train(images, outputGradients);
        Close.Assert(ReferenceNetwork.Doubles(cleanOutputs), outputs, 0);
        Close.Assert(ReferenceNetwork.Doubles(cleanGradients), gradients, Tolerance);
    }

    private static void CompareWithDifferences(Type networks, string name)
    {
        const double step = 1e-6;
        using DeclaredNetwork network = DeclaredNetwork.In(networks, name);
        ReferenceNetwork reference = ReferenceNetwork.Of(network.Type);
        double[] input = ReferenceNetwork.Doubles(Images.Smooth(reference.Input.Length, 5));
        double[] outputGradient = ReferenceNetwork.Doubles(Images.Smooth(reference.Output.Length, 6));
        double[] gradient = reference.Backward(input, outputGradient);
        Random random = new(7);
        for (int trial = 0; trial < 20; trial++)
        {
            int element = random.Next(input.Length);
            double difference = (Loss(element, step) - Loss(element, -step)) / (2 * step);
            Assert.Equal(difference, gradient[element], 1e-7);
        }

        double Loss(int element, double change)
        {
            double[] changed = [.. input];
            changed[element] += change;
            return reference.Values(changed)[^1].Zip(outputGradient, (value, weight) => value * weight).Sum();
        }
    }
}
