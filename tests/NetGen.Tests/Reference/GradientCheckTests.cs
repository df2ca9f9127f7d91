using Xunit;

namespace NetGen.Tests.Reference;

public class GradientCheckTests
{
    [Fact]
    public void Convolution() => GradientCheck.Run(new Conv2dReference(new(3, 5, 6), 4, new(3, 2)), 1);

    [Fact]
    public void Convolution_without_bias_on_one_pixel() => GradientCheck.Run(new Conv2dReference(new(1, 1, 1), 1, new(1, 1), bias: false), 2);

    [Fact]
    public void Convolution_with_stride_beyond_the_kernel() =>
        GradientCheck.Run(new Conv2dReference(new(2, 8, 9), 3, new(2, 3) { StrideH = 3, StrideW = 5 }), 3);

    [Fact]
    public void Convolution_with_dilation_and_uneven_padding() => GradientCheck.Run(
        new Conv2dReference(
            new(2, 6, 5), 3, new(3, 2) { DilationH = 2, DilationW = 3, PadTop = 2, PadBottom = 1, PadLeft = 0, PadRight = 3, StrideW = 2 }),
        4);

    [Fact]
    public void Grouped_convolution() => GradientCheck.Run(new Conv2dReference(new(6, 4, 4), 9, new(3, 3) { PadTop = 1, PadLeft = 1 }, groups: 3), 5);

    [Fact]
    public void Depthwise_convolution() => GradientCheck.Run(new Conv2dReference(new(4, 5, 5), 8, new(3, 3), groups: 4), 6);

    [Fact]
    public void Linear() => GradientCheck.Run(new LinearReference(new(2, 3, 2), 5), 7);

    [Fact]
    public void Linear_without_bias() => GradientCheck.Run(new LinearReference(new(7), 3, bias: false), 8);

    [Fact]
    public void ReLU() => GradientCheck.Run(new ReluReference(new(2, 3, 4)), 9);

    [Fact]
    public void LeakyReLU() => GradientCheck.Run(new LeakyReluReference(new(2, 3, 4), 0.3), 10);

    [Fact]
    public void Sigmoid() => GradientCheck.Run(new SigmoidReference(new(24)), 11);

    [Fact]
    public void Add() => GradientCheck.Run(new AddReference(3, new(2, 3, 4)), 40);

    [Fact]
    public void Concat() => GradientCheck.Run(new ConcatReference([new(2, 3, 4), new(5, 3, 4)]), 41);

    [Fact]
    public void Multiply() => GradientCheck.Run(new MultiplyReference([new(2, 3, 4), new(2, 3, 4)]), 42);

    [Fact]
    public void Multiply_by_numbers_for_each_channel() => GradientCheck.Run(new MultiplyReference([new(3, 1, 1), new(3, 2, 4), new(3)]), 43);

    [Fact]
    public void AdaptiveAvgPool2d() => GradientCheck.Run(new AdaptivePool2dReference(new(2, 5, 7), 3, 4, takesGreatest: false), 44);

    [Fact]
    public void AdaptiveMaxPool2d_to_more_than_there_is() => GradientCheck.Run(new AdaptivePool2dReference(new(2, 5, 3), 7, 2, takesGreatest: true), 45);

    [Fact]
    public void PReLU() => GradientCheck.Run(new PReluReference(new(3, 2, 4)), 46);

    [Fact]
    public void PReLU_with_one_slope() => GradientCheck.Run(new PReluReference(new(24), shared: true), 47);

    [Fact]
    public void Scale() => GradientCheck.Run(new ScaleReference(new(3, 2, 4)), 60);

    [Fact]
    public void Scale_with_one_factor() => GradientCheck.Run(new ScaleReference(new(24), shared: true), 61);

    [Fact]
    public void LayerNorm() => GradientCheck.Run(new LayerNormReference(new(3, 2, 4)), 48);

    [Fact]
    public void LayerNorm_over_channels() => GradientCheck.Run(new LayerNormReference(new(6, 2, 3), overChannels: true, epsilon: 0.1), 49);

    [Fact]
    public void LocalResponseNorm() => GradientCheck.Run(new LocalResponseNormReference(new(7, 2, 2), 4, 1.5, 0.6, 0.8), 50);

    [Fact]
    public void Tanh() => GradientCheck.Run(new TanhReference(new(24)), 12);

    [Fact]
    public void ReLU6() => GradientCheck.Run(new Relu6Reference(new(40)), 14, scale: 9);

    [Fact]
    public void ELU() => GradientCheck.Run(new EluReference(new(40), 0.7), 15, scale: 5);

    [Fact]
    public void SELU() => GradientCheck.Run(new SeluReference(new(40)), 16, scale: 5);

    [Fact]
    public void GELU() => GradientCheck.Run(new GeluReference(new(60)), 17, scale: 6);

    [Fact]
    public void GELU_by_tanh() => GradientCheck.Run(new GeluTanhReference(new(60)), 18, scale: 6);

    [Fact]
    public void SiLU() => GradientCheck.Run(new SiluReference(new(40)), 19, scale: 8);

    [Fact]
    public void Mish() => GradientCheck.Run(new MishReference(new(40)), 20, scale: 8);

    [Fact]
    public void HardSigmoid() => GradientCheck.Run(new HardSigmoidReference(new(40)), 21, scale: 5);

    [Fact]
    public void HardSwish() => GradientCheck.Run(new HardSwishReference(new(40)), 22, scale: 5);

    [Fact]
    public void Softplus() => GradientCheck.Run(new SoftplusReference(new(40), 1, 20), 23, scale: 25);

    [Fact]
    public void Softplus_that_jumps() => GradientCheck.Run(new SoftplusReference(new(40), 2, 1), 24, scale: 3);

    [Fact]
    public void LogSoftmax() => GradientCheck.Run(new LogSoftmaxReference(new(7, 2, 3)), 25, scale: 4);

    [Fact]
    public void The_normal_distribution_has_its_tabulated_values()
    {
        Assert.Equal(0.5, NormalDistribution.Below(0));
        Assert.Equal(0.8413447460685429, NormalDistribution.Below(1), 1e-15);
        Assert.Equal(0.022750131948179207, NormalDistribution.Below(-2), 1e-15);
        Assert.Equal(2.866515718791939e-7, NormalDistribution.Below(-5), 1e-19);
        Assert.Equal(1, NormalDistribution.Below(5) + NormalDistribution.Below(-5), 1e-15);
    }

    /// <summary>The chain rule of the network itself: differences of the whole chain by each of its parameters.</summary>
    [Fact]
    public void Chain()
    {
        TensorShape input = new(2, 5, 5);
        var convolution = new Conv2dReference(input, 3, new(3, 3));
        var activation = new TanhReference(convolution.Output);
        var chain = new ReferenceNetwork(convolution, activation, new LinearReference(convolution.Output, 4));
        Assert.Equal(["conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias"], chain.Parameters.Keys);
        GradientCheck.Run(new ChainAsLayer(chain), 13);
    }

    /// <summary>Zero padding that keeps the size, as TensorFlow defines it: computed by hand for a few cases.</summary>
    [Theory]
    [InlineData(5, 3, 1, 1, 1, 1)]
    [InlineData(5, 2, 1, 1, 0, 1)]
    [InlineData(5, 4, 2, 1, 1, 2)]
    [InlineData(6, 3, 2, 1, 0, 1)]
    [InlineData(7, 3, 1, 2, 2, 2)]
    [InlineData(7, 1, 3, 1, 0, 0)]
    [InlineData(8, 1, 3, 1, 0, 0)]
    public void Same_padding(int size, int kernel, int stride, int dilation, int before, int after)
    {
        var window = new ReferenceWindow(kernel, kernel) { StrideH = stride, StrideW = stride, DilationH = dilation, DilationW = dilation };
        window = window.WithSamePadding(new(1, size, size));
        Assert.Equal((before, after, before, after), (window.PadTop, window.PadBottom, window.PadLeft, window.PadRight));
        Assert.Equal((size + stride - 1) / stride, window.OutputHeight(size));
    }

    private sealed class ChainAsLayer : ReferenceLayer
    {
        private readonly ReferenceNetwork _chain;

        public ChainAsLayer(ReferenceNetwork chain)
            : base(chain.Input, chain.Output)
        {
            _chain = chain;
            Parameters = [.. chain.Parameters.Values];
        }

        public override double[] Forward(double[] input) => _chain.Values(input)[^1];

        public override double[] Backward(double[] input, double[] outputGradient) => _chain.Backward(input, outputGradient);
    }
}
