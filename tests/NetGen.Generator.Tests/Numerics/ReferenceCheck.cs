using NetGen.Tests;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>Compares what a network computes of random images, forward and backward, with its reference.</summary>
internal sealed class ReferenceCheck : INetworkCheck
{
    /// <summary>Gradients below it are the rounding of sums in double.</summary>
    private const double Zero = 1e-13;

    public void Run<TNetwork>(NetworkCase network)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ReferenceNetwork reference = ReferenceNetwork.Of(typeof(TNetwork));
        var random = new Random(network.Images);
        reference.Initialize(random);
        TNetwork emitted = TNetwork.Create(0);
        Assert.Equal(reference.Parameters.Keys, emitted.Parameters.Names);
        foreach (Parameter parameter in emitted.Parameters)
        {
            ReferenceParameter values = reference.Parameters[parameter.Name];
            Assert.Equal(values.Shape, parameter.Shape);
            parameter.CopyFrom(Array.ConvertAll(values.Values, value => (float)value));
        }

        Assert.Equal((reference.Input, reference.Output), (TNetwork.InputShape, TNetwork.OutputShape));
        float[] images = Values(network.Images * TNetwork.InputLength, random);
        float[] outputGradients = Values(network.Images * TNetwork.OutputLength, random);
        float[] predicted = [.. images.Chunk(TNetwork.InputLength).SelectMany(image => EmittedCode.Predict(emitted, image))];
        TrainingPass actual = EmittedCode.Train(emitted, images, outputGradients);

        ReferenceErrors errors = network.IsChain ? ReferencePass.ErrorsOf(reference, images, outputGradients) : ReferenceErrors.None;
        ReferencePass expected = ReferencePass.Of(reference, images, outputGradients);
        double tolerance = network.Convolution == ConvolutionAlgorithm.Direct ? Close.Forward : Close.Winograd;
        Close.Assert(expected.Outputs, predicted, tolerance + errors.Outputs, "prediction");
        Close.Assert(expected.TrainingOutputs, actual.Outputs, Close.Forward + errors.TrainingOutputs, "training output");
        if (network.InputGradients)
        {
            Close.Assert(expected.InputGradients, actual.InputGradients, Close.Gradient + errors.InputGradients, "input gradient");
        }

        foreach ((string name, double[] gradient) in expected.Gradients)
        {
            if (gradient.Max(Math.Abs) < Zero)
            {
                // A bias before a batch normalisation changes nothing: its gradient is a sum of terms as large as those of the layer's weights.
                double scale = Math.Max(1, expected.Gradients.Where(other => LayerOf(other.Key) == LayerOf(name)).Max(other => other.Value.Max(Math.Abs)));
                Assert.All(actual.Gradients[name], value => Assert.InRange(value, -Close.Gradient * scale, Close.Gradient * scale));
                continue;
            }

            Close.Assert(gradient, actual.Gradients[name], Close.Gradient + errors.Gradients.GetValueOrDefault(name), $"gradient of {name}");
        }
    }

    private static string LayerOf(string parameter) => parameter[..parameter.LastIndexOf('.')];

    private static float[] Values(int count, Random random)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
