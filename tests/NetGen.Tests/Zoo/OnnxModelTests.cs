using NetGen.Benchmarks.SideBySide.Onnx;
using Xunit;

namespace NetGen.Tests.Zoo;

/// <summary>The ONNX files that the side-by-side benchmark gives to the other engine.</summary>
public sealed class OnnxModelTests
{
    [Fact]
    public void Every_layer_becomes_its_operator()
    {
        OnnxFile file = Write(new EveryLayer());

        Assert.Equal(
            [
                "Conv kernel_shape=3,3 strides=1,1 dilations=1,1 group=1 pads=1,1,1,1",
                "Relu",
                "MaxPool pads=1,1,1,1 kernel_shape=3,3 strides=2,2 ceil_mode=1",
                "Conv kernel_shape=3,2 strides=2,1 dilations=2,2 group=2 pads=0,1,0,1",
                "LeakyRelu alpha=0.2",
                "AveragePool count_include_pad=0 pads=0,1,0,1 kernel_shape=1,2 strides=1,2 ceil_mode=0",
                "Conv kernel_shape=2,2 strides=1,1 dilations=1,1 group=1 auto_pad=SAME_UPPER",
                "Sigmoid",
                "GlobalAveragePool",
                "Flatten",
                "Gemm transB=1",
                "Tanh",
                "Elu alpha=0.5",
                "Selu",
                "HardSigmoid alpha=0.16666667 beta=0.5",
                "Softplus",
                "Gemm transB=1",
                "Softmax axis=1",
            ],
            file.Nodes.Select(node => node.Text));
        Assert.Equal((8, 13), (file.IrVersion, file.OperatorSet));
    }

    [Fact]
    public void Each_node_takes_the_result_of_the_one_before_and_its_own_parameters()
    {
        OnnxFile file = Write(new EveryLayer());

        string value = "input";
        foreach (OnnxFileNode node in file.Nodes)
        {
            Assert.Equal(value, node.Inputs[0]);
            value = node.Output;
        }

        Assert.Equal("output", value);
        Assert.Equal(file.Nodes.Count, file.Nodes.Select(node => node.Output).Distinct().Count());
        Assert.Equal(
            ["stem.first.weight", "stem.first.bias", "conv2.weight", "conv3.weight", "conv3.bias", "fc1.weight", "fc1.bias", "fc2.weight"],
            file.Nodes.SelectMany(node => node.Inputs.Skip(1)));
    }

    [Fact]
    public void Parameters_keep_their_shapes_and_every_bit()
    {
        EveryLayer network = new(seed: 3);
        OnnxFile file = Write(network);

        Assert.Equal(network.Parameters.Names, file.Tensors.Keys);
        foreach (Parameter parameter in network.Parameters)
        {
            (long[] extents, float[] values) = file.Tensors[parameter.Name];
            Assert.Equal([.. parameter.Shape.ToArray().Select(extent => (long)extent)], extents);
            Assert.Equal(parameter.ToArray(), values);
        }
    }

    [Fact]
    public void Vectors_have_two_dimensions_and_maps_four()
    {
        OnnxFile every = Write(new EveryLayer()), vector = Write(new VectorNetwork()), map = Write(new MapNetwork());

        Assert.Equal(("input [1, 2, 19, 21]", "output [1, 3]"), (every.Input, every.Output));
        Assert.Equal(("input [1, 7]", "output [1, 4]"), (vector.Input, vector.Output));
        Assert.Equal(("input [1, 3, 6, 5]", "output [1, 4, 4, 3]"), (map.Input, map.Output));
        Assert.Equal(["Gemm transB=1", "LogSoftmax axis=1"], vector.Nodes.Select(node => node.Text));
    }

    private static OnnxFile Write<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using MemoryStream stream = new();
        OnnxModel.Write(network, stream);
        return OnnxFile.Parse(stream.ToArray());
    }
}
