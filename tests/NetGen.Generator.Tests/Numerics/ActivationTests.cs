using NetGen.Tests.Reference;
using Xunit;

namespace NetGen.Generator.Tests.Numerics;

/// <summary>
/// The outputs of all layers against the reference: those that a prediction has in memory, in whatever layout, and those that a kernel
/// leaves out because it does the next layer too.
/// </summary>
public class ActivationTests
{
    private const int Seed = 1;

    private static readonly ReferenceWindow s_same3x3 = new(3, 3) { PadTop = 1, PadBottom = 1, PadLeft = 1, PadRight = 1 };

    public static TheoryData<string> Families => [.. RandomShapes.Families];

    // Functions that never fall, so that a pool behind a convolution is taken with them.
    public static TheoryData<string> Monotone =>
        ["ReLU", "LeakyReLU(0.25)", "ReLU6", "Sigmoid", "Tanh", "ELU(0.5)", "SELU", "HardSigmoid", "Softplus", "Dropout(0.5)"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_layer_gives_what_the_reference_does(string family) =>
        NetworkChecks.Run(RandomShapes.Draw(family, Seed), new ActivationCheck());

    [Theory]
    [InlineData(Unroll.Balanced)]
    [InlineData(Unroll.Full)]
    [InlineData(Unroll.Compact)]
    public void It_does_so_at_the_edges(Unroll unroll) => NetworkChecks.Run(EdgeShapes.Declare(unroll), new ActivationCheck());

    [Theory]
    [MemberData(nameof(Monotone))]
    public void What_a_pool_takes_in_is_there_too(string activation) => NetworkChecks.Run(
        [Pooled($"Pooled{activation.Split('(')[0]}").Elementwise(activation).Add("MaxPool2d(2)", new(32, 8, 8)).Linear(3)], new ActivationCheck());

    [Fact]
    public void Sums_in_place_keep_no_term()
    {
        NetworkCase network = new NetworkCase("InPlace", new(8, 6, 6)) { Images = 2 };
        network = network.Conv(32, s_same3x3).Elementwise("BatchNorm2d").Elementwise("ReLU").Named("x");
        for (int block = 0; block < 2; block++)
        {
            string before = block == 0 ? "x" : "sum0";
            network = network.Conv(32, s_same3x3, bias: false).Elementwise("BatchNorm2d").Elementwise("Dropout(0.5)").Elementwise("ReLU")
                .Conv(32, s_same3x3, bias: false).Elementwise("BatchNorm2d(Affine = false)").AddLayers(before).Elementwise("ReLU").Named($"sum{block}");
        }

        NetworkChecks.Run([network.Add("GlobalAvgPool2d", new(32, 1, 1)).Linear(4).Elementwise("Softmax")], new ActivationCheck());
    }

    [Fact]
    public void Layers_that_predictions_do_nothing_for_repeat_what_they_read() => NetworkChecks.Run(
    [
        new NetworkCase("Dropped", new(3, 4, 5)).Elementwise("Dropout(0.5)").Conv(20, s_same3x3).Elementwise("Dropout(0.25)").Elementwise("GELU")
            .Add("MaxPool2d(1)", new(20, 4, 5)).Flatten().Elementwise("Tanh").Elementwise("Dropout(0.5)"),
        new NetworkCase("Flattened", new(3, 4, 5)).Flatten().Elementwise("Dropout(0.5)").Linear(17).Elementwise("Dropout(0.5)").Elementwise("Mish"),
    ],
        new ActivationCheck());

    /// <summary>A convolution that prediction computes by Winograd's tiles.</summary>
    private static NetworkCase Pooled(string name) => new NetworkCase(name, new(32, 16, 16))
    {
        Images = 1,
        Convolution = ConvolutionAlgorithm.Automatic,
        Unroll = Unroll.Compact,
    }.Conv(32, s_same3x3);
}
