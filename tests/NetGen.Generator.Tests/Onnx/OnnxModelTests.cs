using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.SideBySide.Onnx;
using NetGen.Generator.Declaration;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Infrastructure;
using NetGen.Generator.Tests.Numerics;
using Xunit;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>The ONNX files that the side-by-side benchmark gives to the other engine.</summary>
public sealed class OnnxModelTests
{
    private const string Networks = """
        [Network(Training = false)]
        [Input(2, 19, 21)]
        [Conv2d(8, 3, Padding = 1, Name = "stem.first"), ReLU, ReLU6]
        [MaxPool2d(3, Stride = 2, Padding = 1, CeilMode = true)]
        [Conv2d(6, 3, 2, StrideH = 2, PaddingW = 1, Dilation = 2, Groups = 2, Bias = false), BatchNorm2d, LeakyReLU(0.2)]
        [AvgPool2d(1, 2, PaddingW = 1, CountIncludePad = false)]
        [Conv2d(4, 2, SamePadding = true), Sigmoid, PReLU, Scale, LocalResponseNorm(3)]
        [ConvTranspose2d(4, 3, Stride = 2, OutputPadding = 1), GELU, SiLU, Mish, HardSwish]
        [Pad(1, Mode = PadMode.Reflect), Slice(0, 2), ChannelShuffle(2), Upsample(2), AdaptiveAvgPool2d(2), GlobalAvgPool2d, Dropout(0.5)]
        [Linear(5), Tanh, ELU(0.5), SELU, HardSigmoid, Softplus]
        [Linear(3, Bias = false), Softmax]
        public sealed partial class EveryLayer;

        [Network(Training = false), Input(3, 8, 8), Conv2d(4, 3, Padding = 1, Name = "x")]
        [GlobalAvgPool2d, Linear(4), Sigmoid, Multiply("x"), ReLU(Name = "gated")]
        [Conv2d(4, 1, From = "x"), Add("gated", "x"), Concat("x"), GlobalMaxPool2d]
        public sealed partial class Joins;

        [Network(Training = false), Input(7), Flatten, Linear(4), LogSoftmax]
        public sealed partial class VectorNetwork;

        [Network(Training = false), Input(3, 6, 5), Conv2d(4, 3)]
        public sealed partial class MapNetwork;
        """;

    private static readonly CSharpCompilation s_compilation = TestCompilation.Create("using NetGen;\n" + Networks);

    [Fact]
    public void Every_layer_becomes_its_operator() => Assert.Equal(
        [
            "Conv kernel_shape=3,3 strides=1,1 pads=1,1,1,1 group=1",
            "Relu",
            "Clip",
            "MaxPool kernel_shape=3,3 strides=2,2 pads=1,1,1,1 ceil_mode=1",
            "Conv kernel_shape=3,2 strides=2,1 pads=0,1,0,1 dilations=2,2 group=2",
            "BatchNormalization epsilon=1E-05",
            "LeakyRelu alpha=0.2",
            "AveragePool kernel_shape=1,2 strides=1,2 pads=0,1,0,1 ceil_mode=0 count_include_pad=0",
            "Conv kernel_shape=2,2 strides=1,1 pads=0,0,1,1 group=1",
            "Sigmoid",
            "Reshape",
            "PRelu",
            "Reshape",
            "Mul",
            "LRN size=3 alpha=0.0001 beta=0.75 bias=1",
            "ConvTranspose kernel_shape=3,3 strides=2,2 pads=0,0,0,0 output_padding=1,1 group=1",
            "Gelu approximate=none",
            "Sigmoid",
            "Mul",
            "Mish",
            "HardSwish",
            "Pad mode=reflect",
            "Slice",
            "Reshape",
            "Transpose perm=0,2,1,3,4",
            "Reshape",
            "Resize mode=nearest coordinate_transformation_mode=asymmetric nearest_mode=floor",
            "AveragePool kernel_shape=10,16 strides=10,16 pads=0,0,0,0 ceil_mode=0 count_include_pad=1",
            "GlobalAveragePool",
            "Identity",
            "Flatten",
            "Gemm transB=1",
            "Tanh",
            "Elu alpha=0.5",
            "Selu",
            "HardSigmoid alpha=0.16666667 beta=0.5",
            "Softplus",
            "Gemm transB=1",
            "Softmax axis=1",
            "Flatten",
        ],
        Write("EveryLayer").Nodes.Select(node => node.Text));

    [Theory]
    [InlineData("EveryLayer")]
    [InlineData("Joins")]
    public void Nodes_read_what_is_there_before_them(string network)
    {
        OnnxFile file = Write(network);
        HashSet<string> known = ["", "input", .. file.Tensors.Keys];
        foreach (OnnxFileNode node in file.Nodes)
        {
            Assert.All(node.Inputs, input => Assert.Contains(input, known));
            Assert.True(known.Add(node.Output));
        }

        Assert.Equal("output", file.Nodes[^1].Output);
        Assert.All(file.Tensors.Keys, tensor => Assert.Contains(file.Nodes, node => node.Inputs.Contains(tensor)));
    }

    [Fact]
    public void Joins_become_operators_of_two_inputs_and_gates_columns()
    {
        OnnxFile file = Write("Joins");
        Assert.Equal(
            ["Conv", "GlobalAveragePool", "Flatten", "Gemm", "Sigmoid", "Reshape", "Mul", "Relu", "Conv", "Add", "Add", "Concat", "GlobalMaxPool", "Flatten"],
            file.Nodes.Select(node => node.Text.Split(' ')[0]));
        Assert.Equal([1, -1, 1, 1], Assert.Single(file.Tensors, tensor => tensor.Key.EndsWith("gates1.shape", StringComparison.Ordinal)).Value.Values);
    }

    [Fact]
    public void Parameters_keep_their_shapes_and_every_bit()
    {
        OnnxFile file = Write("EveryLayer");
        foreach (Parameter parameter in ParametersOf("EveryLayer"))
        {
            (long[] extents, float[] values) = file.Tensors[parameter.Name];
            Assert.Equal([.. parameter.Shape.ToArray().Select(extent => (long)extent)], extents);
            Assert.Equal(parameter.ToArray(), values);
        }

        Assert.Equal((9, 20), (file.IrVersion, file.OperatorSet));
    }

    [Fact]
    public void Vectors_have_two_dimensions_and_maps_four()
    {
        OnnxFile every = Write("EveryLayer"), vector = Write("VectorNetwork"), map = Write("MapNetwork");

        Assert.Equal(("input [1, 2, 19, 21]", "output [1, 3]"), (every.Input, every.Output));
        Assert.Equal(("input [1, 7]", "output [1, 4]"), (vector.Input, vector.Output));
        Assert.Equal(("input [1, 3, 6, 5]", "output [1, 48]"), (map.Input, map.Output));
        Assert.Equal(["Flatten", "Gemm transB=1", "LogSoftmax axis=1", "Flatten"], vector.Nodes.Select(node => node.Text));
    }

    private static OnnxFile Write(string network)
    {
        NetworkSpec spec = NetworkParser.Parse(s_compilation.GetTypeByMetadataName(network)!, s_compilation, default)!.Spec;
        using MemoryStream stream = new();
        OnnxModel.Write(GraphBuilder.Build(spec).Graph!, ParametersOf(network), stream);
        return OnnxFile.Parse(stream.ToArray());
    }

    private static ParameterSet ParametersOf(string network)
    {
        Type type = CompiledNetworks.Load(Networks).GetType(network)!;
        object instance = Activator.CreateInstance(type, 3)!;
        return (ParameterSet)type.GetProperty("Parameters")!.GetValue(instance)!;
    }
}
