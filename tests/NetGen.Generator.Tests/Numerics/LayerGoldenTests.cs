using System.Globalization;
using NetGen.Tests;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// Layers against PyTorch: the result, and from an upstream gradient the gradients of input and parameters. A file's metadata say which
/// layer it is, and the shapes of its tensors the rest.
/// </summary>
[Trait("Category", "Numeric")]
public class LayerGoldenTests
{
    [Theory]
    [InlineData("conv2d", 29)]
    [InlineData("linear", 8)]
    [InlineData("activation", 16)]
    [InlineData("batchnorm2d", 4)]
    [InlineData("upsample", 2)]
    [InlineData("convtranspose2d", 6)]
    [InlineData("prelu", 1)]
    [InlineData("layernorm", 1)]
    [InlineData("lrn", 1)]
    public void Emitted_code_agrees_with_PyTorch(string kind, int count)
    {
        NetworkCase[] networks = Networks(kind);
        Assert.Equal(count, networks.Length);
        NetworkChecks.Run(networks, new GoldenCheck());
    }

    private static NetworkCase[] Networks(string kind) => [.. Golden.Names($"{kind}-*").Select(Declare)];

    private static NetworkCase Declare(string file)
    {
        Golden golden = Golden.Read(file);
        int[] input = golden.Shape("input"), output = golden.Shape("output");
        TensorShape shape = input.Length == 4 ? new(input[1], input[2], input[3]) : new(input[1]);
        var network = new NetworkCase(file.Replace("-", "__", StringComparison.Ordinal), shape) { Images = input[0], IsVector = input.Length == 2 };
        return golden.Metadata["op"] switch
        {
            "conv2d" => network.Conv(output[1], Window(golden), Integer(golden, "groups"), HasBias(golden)),
            "conv_transpose2d" => network.ConvTranspose(output[1], TransposedWindow(golden), OutputPadding(golden)),
            "linear" => network.Linear(output[1], HasBias(golden)),
            "batch_norm2d" => network.Elementwise($"BatchNorm2d(Epsilon = {golden.Metadata["eps"]}, Momentum = {golden.Metadata["momentum"]})"),
            "relu" => network.Elementwise("ReLU"),
            "leaky_relu" => network.Elementwise("LeakyReLU(0.1)"),
            "prelu" => network.Elementwise("PReLU"),
            "layer_norm" => network.Elementwise("LayerNorm"),
            "local_response_norm" => network.Elementwise("LocalResponseNorm(5)"),
            "sigmoid" => network.Elementwise("Sigmoid"),
            "tanh" => network.Elementwise("Tanh"),
            "softmax" => network.Elementwise("Softmax"),
            "log_softmax" => network.Elementwise("LogSoftmax"),
            "relu6" => network.Elementwise("ReLU6"),
            "elu" => network.Elementwise("ELU"),
            "selu" => network.Elementwise("SELU"),
            "gelu" => network.Elementwise("GELU"),
            "gelu_tanh" => network.Elementwise("GELU(Approximation = GeluApproximation.Tanh)"),
            "silu" => network.Elementwise("SiLU"),
            "mish" => network.Elementwise("Mish"),
            "hardsigmoid" => network.Elementwise("HardSigmoid"),
            "hardswish" => network.Elementwise("HardSwish"),
            "softplus" => network.Elementwise("Softplus"),
            "upsample_nearest" => network.Add("Upsample(2)", new(output[1], output[2], output[3])),
            "upsample_bilinear" => network.Add("Upsample(2, Mode = UpsampleMode.Bilinear)", new(output[1], output[2], output[3])),
            string other => throw new NotSupportedException($"There is no declaration for '{other}', the operator of {file}."),
        };
    }

    private static ReferenceWindow Window(Golden golden) => new(Integer(golden, "kernel_h"), Integer(golden, "kernel_w"))
    {
        StrideH = Integer(golden, "stride"),
        StrideW = Integer(golden, "stride"),
        DilationH = Integer(golden, "dilation"),
        DilationW = Integer(golden, "dilation"),
        PadTop = Integer(golden, "padding"),
        PadLeft = Integer(golden, "padding"),
    };

    private static ReferenceWindow TransposedWindow(Golden golden) => new(Integer(golden, "kernel"), Integer(golden, "kernel"))
    {
        StrideH = Integer(golden, "stride"),
        StrideW = Integer(golden, "stride"),
        PadTop = Integer(golden, "padding"),
        PadLeft = Integer(golden, "padding"),
    };

    private static (int H, int W) OutputPadding(Golden golden) => (Integer(golden, "output_padding"), Integer(golden, "output_padding"));

    private static int Integer(Golden golden, string name) => int.Parse(golden.Metadata[name], CultureInfo.InvariantCulture);

    private static bool HasBias(Golden golden) => golden.Metadata["bias"] == "True";

    private sealed class GoldenCheck : INetworkCheck
    {
        public void Run<TNetwork>(NetworkCase network)
            where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            Golden golden = Golden.Read(network.Name.Replace("__", "-", StringComparison.Ordinal));
            TNetwork emitted = TNetwork.Create(0);
            foreach (Parameter parameter in emitted.Parameters)
            {
                string name = IsAverage(parameter) ? Leaf(parameter.Name) + "_before" : Leaf(parameter.Name);
                Assert.Equal(golden.Shape(name), parameter.Shape);
                parameter.CopyFrom(golden.Floats(name));
            }

            float[] images = golden.Floats("input"), outputGradients = golden.Floats("d_output");
            float[] predicted = [.. images.Chunk(TNetwork.InputLength).SelectMany(image => EmittedCode.Predict(emitted, image))];
            TrainingPass pass = EmittedCode.Train(emitted, images, outputGradients);

            double[] outputs = ReferenceNetwork.Doubles(golden.Floats("output"));
            bool isNormalization = emitted.Parameters.Any(IsAverage);
            Close.Assert(isNormalization ? ReferenceNetwork.Doubles(golden.Floats("output_inference")) : outputs, predicted, Close.Forward, "prediction");
            Close.Assert(outputs, pass.Outputs, Close.Forward, "training output");
            Close.Assert(ReferenceNetwork.Doubles(golden.Floats("d_input")), pass.InputGradients, Close.Gradient, "input gradient");
            using var trainer = new Trainer<TNetwork>(emitted, new Sgd());
            foreach (string name in trainer.Gradients.Names)
            {
                Close.Assert(ReferenceNetwork.Doubles(golden.Floats("d_" + Leaf(name))), pass.Gradients[name], Close.Gradient, $"gradient of {name}");
            }

            trainer.ComputeGradients(images, (_, _, _) => 0);
            foreach (Parameter average in emitted.Parameters.Where(IsAverage))
            {
                Close.Assert(
                    ReferenceNetwork.Doubles(golden.Floats(Leaf(average.Name) + "_after")), average.ToArray(), Close.Forward, $"{average.Name} after a batch");
            }
        }

        private static bool IsAverage(Parameter parameter) => Leaf(parameter.Name).StartsWith("running_", StringComparison.Ordinal);

        private static string Leaf(string parameter) => parameter[(parameter.LastIndexOf('.') + 1)..];
    }
}
