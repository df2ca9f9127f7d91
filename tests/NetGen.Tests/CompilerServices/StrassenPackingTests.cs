using NetGen.CompilerServices;
using NetGen.Tests.Operators;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public partial class StrassenPackingTests
{
    private const int Inputs = 64, Outputs = 32, Block = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_of_the_packed_weights_are_the_products_of_the_weights(bool isScaled)
    {
        var random = new Random(3);
        float[] outputScale = [.. Enumerable.Range(0, Outputs).Select(_ => isScaled ? (float)random.NextDouble() + 0.5f : 1)];
        float[] weights = [.. Enumerable.Range(0, Inputs * Outputs).Select(_ => (float)(random.NextDouble() - 0.5))];
        for (int output = 0; output < Outputs; output++)
        {
            weights[At(output, 5, Inputs)] = 0;
            weights[At(output, 40, Inputs)] *= 1000;
        }

        double[,] x = new double[Inputs, 2];
        for (int input = 0; input < Inputs; input++)
        {
            (x[input, 0], x[input, 1]) = (random.NextDouble(), random.NextDouble());
        }

        const int PackedWeights = 7 * (Inputs / 2) * (Outputs / 2);
        float[] packed = new float[PackedWeights + Inputs];
        if (isScaled)
        {
            StrassenPacking.Pack(ref weights[0], ref outputScale[0], Outputs / 32, Inputs / 32, ref packed[0]);
        }
        else
        {
            StrassenPacking.Pack(ref weights[0], Outputs / 32, Inputs / 32, ref packed[0]);
        }

        Assert.Equal(1, packed[PackedWeights + 5]);
        Assert.InRange(packed[PackedWeights + 40], 128, 1024);
        for (int output = 0; output < Outputs / 2; output++)
        {
            double p = Product(0, (k, _, _) => x[k, 0]);
            double q = p + Product(1, (_, upper, lower) => T2(upper, lower));
            double r = q + Product(2, (_, upper, lower) => lower[1] - upper[1]);
            double s1t1 = Product(3, (_, upper, _) => upper[1] - upper[0]);
            Assert.Equal(Exact(output, 0), p + Product(6, (k, _, _) => x[(Inputs / 2) + k, 0]), tolerance: 1e-3);
            Assert.Equal(Exact(output, 1), q + s1t1 + Product(4, (_, _, lower) => lower[1]), tolerance: 1e-3);
            Assert.Equal(Exact((Outputs / 2) + output, 0), r + Product(5, (_, upper, lower) => lower[0] - T2(upper, lower)), tolerance: 1e-3);
            Assert.Equal(Exact((Outputs / 2) + output, 1), r + s1t1, tolerance: 1e-3);

            double Product(int product, Func<int, double[], double[], double> factor) => Enumerable.Range(0, Inputs / 2).Sum(k =>
                packed[(product * (Inputs / 2) * (Outputs / 2)) + At(output, k, Inputs / 2)] * factor(k, Scaled(k), Scaled((Inputs / 2) + k)));
        }

        static double T2(double[] upper, double[] lower) => lower[1] - upper[1] + upper[0];

        double[] Scaled(int input) => [x[input, 0] * packed[PackedWeights + input], x[input, 1] * packed[PackedWeights + input]];

        double Exact(int output, int pixel) =>
            Enumerable.Range(0, Inputs).Sum(input => (double)weights[At(output, input, Inputs)] * x[input, pixel]) * outputScale[output];
    }

    /// <summary>Channels of unlike sizes, and weights that make up for it, would each round the others' sums if they were not scaled.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Channels_of_other_sizes_do_not_blur_a_result(float ratio)
    {
        var halves = new Halves(seed: 5);
        var direct = new Direct(seed: 5);
        float[] scales = [.. Enumerable.Range(0, 256).Select(channel => channel % 3 == 0 ? ratio : 1)];
        foreach (ParameterSet parameters in new[] { halves.Parameters, direct.Parameters })
        {
            Scale(parameters["conv1.weight"], (i, value) => value * scales[i / 3]);
            Scale(parameters["conv1.bias"], (i, value) => value * scales[i]);
            Scale(parameters["conv2.weight"], (i, value) => value / scales[i % 256]);
        }

        float[] image = Images.Smooth(Halves.InputLength, 1), ofHalves = new float[Halves.OutputLength], ofDirect = new float[Halves.OutputLength];
        halves.Predict(image, ofHalves);
        direct.Predict(image, ofDirect);
        Assert.False(ofHalves.SequenceEqual(ofDirect));
        float largest = ofDirect.Max(Math.Abs);
        Assert.InRange(ofHalves.Zip(ofDirect, (a, b) => Math.Abs(a - b)).Max(), 0, 5e-6f * largest);
    }

    private static void Scale(Parameter parameter, Func<int, float, float> scaled)
    {
        float[] values = parameter.ToArray();
        parameter.CopyFrom([.. values.Select((value, i) => scaled(i, value))]);
    }

    private static int At(int output, int input, int inputs) =>
        (output / Block * inputs * Block) + (input / Block * Block * Block) + (input % Block * Block) + (output % Block);

    [Network(Training = false), Input(3, 16, 16), Conv2d(256, 1, Name = "conv1"), Conv2d(256, 1, Name = "conv2")]
    internal sealed partial class Halves;

    [Network(Training = false, Convolution = ConvolutionAlgorithm.Direct), Input(3, 16, 16), Conv2d(256, 1, Name = "conv1"), Conv2d(256, 1, Name = "conv2")]
    internal sealed partial class Direct;
}
