using System.Runtime.InteropServices;
using NetGen.Tests;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Compares what comes out of every layer for random images with the reference, and the last of it with the prediction.</summary>
internal sealed class ActivationCheck : INetworkCheck
{
    private const int RoundedRuns = 3;

    public void Run<TNetwork>(NetworkCase network)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ReferenceNetwork reference = ReferenceNetwork.Of(typeof(TNetwork));
        var random = new Random(network.Images);
        reference.Initialize(random);
        TNetwork emitted = TNetwork.Create(0);
        foreach (Parameter parameter in emitted.Parameters)
        {
            parameter.CopyFrom(Array.ConvertAll(reference.Parameters[parameter.Name].Values, value => (float)value));
        }

        float[][] images = [.. Enumerable.Range(0, network.Images).Select(_ => Image(TNetwork.InputLength, random))];
        ActivationSet[] actual = Array.ConvertAll(images, image => emitted.Activations(image));

        // Several outputs are views of layers behind each other, which are no layers themselves.
        int outputs = typeof(TNetwork).GetCustomAttributes(inherit: false).OfType<OutputAttribute>().Count();
        int joined = outputs > 1 ? outputs + 1 : 0;
        for (int image = 0; image < images.Length && joined == 0; image++)
        {
            float[] predicted = EmittedCode.Predict(emitted, images[image]);
            Assert.True(Bits(predicted).SequenceEqual(Bits(actual[image][^1].Values)), "the last layer's output is not the prediction's");
        }

        IReadOnlyList<string> names = actual[0].Names;
        double[][][] expected = ValuesOf(reference, images);
        double[][][][] rounded = [.. Enumerable.Range(0, RoundedRuns).Select(seed => ValuesOf(reference.Rounded(new Random(seed)), images))];
        Assert.Equal(expected.Length, names.Count + joined);
        for (int layer = 0; layer < names.Count; layer++)
        {
            double[] values = [.. expected[layer].SelectMany(image => image)];
            double tolerance = network.Convolution == ConvolutionAlgorithm.Direct ? Close.Forward : Close.Winograd;
            double inherited = rounded.Max(run => ErrorOf(values, [.. run[layer].SelectMany(image => image)]));
            float[] given = [.. actual.SelectMany(set => set[names[layer]].Values.ToArray())];
            Close.Assert(values, given, tolerance + inherited, names[layer]);
        }
    }

    /// <summary>[layer][image][element].</summary>
    private static double[][][] ValuesOf(ReferenceNetwork network, float[][] images)
    {
        List<double[]>[] values = Array.ConvertAll(images, image => network.Values(ReferenceNetwork.Doubles(image)));
        return [.. Enumerable.Range(1, values[0].Count - 1).Select(layer => Array.ConvertAll(values, image => image[layer]))];
    }

    private static double ErrorOf(double[] exact, double[] rounded)
    {
        double error = exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max();
        return error == 0 ? 0 : error / exact.Max(Math.Abs);
    }

    private static float[] Image(int length, Random random) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];

    private static ReadOnlySpan<uint> Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, uint>(values);
}
