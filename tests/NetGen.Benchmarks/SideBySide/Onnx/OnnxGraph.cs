using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>Says a network's operators in ONNX's: maps have four dimensions, vectors two, and the output is a vector.</summary>
internal sealed partial class OnnxGraph
{
    /// <summary>The graph's only input.</summary>
    public const string Input = "input";

    /// <summary>The graph's only output.</summary>
    public const string Output = "output";

    private readonly NetworkGraph _graph;
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];

    private OnnxGraph(NetworkGraph graph) => _graph = graph;

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>What nodes read besides values and parameters.</summary>
    public IReadOnlyList<ProtobufMessage> Constants => _constants;

    /// <exception cref="NotSupportedException">An operator has no counterpart here.</exception>
    public static OnnxGraph Of(NetworkGraph graph)
    {
        var converted = new OnnxGraph(graph);
        foreach (Node node in graph.Nodes) converted.Convert(node);
        converted.Add("Flatten", Output, converted.NameOf(graph.Output));
        return converted;
    }

    private void Convert(Node node)
    {
        switch (node.Operator)
        {
            case Conv2dOp convolution:
                Windowed("Conv", node, convolution.Window).With("group", convolution.Groups);
                break;
            case ConvTranspose2dOp transposed:
                Windowed("ConvTranspose", node, transposed.Window)
                    .With("output_padding", transposed.OutputPadding.Height, transposed.OutputPadding.Width)
                    .With("group", transposed.Groups);
                break;
            case LinearOp:
                Add("Gemm", node).With("transB", 1);
                break;
            case MaxPool2dOp pool when (pool.Window.KernelH, pool.Window.KernelW) == (ShapeOf(node.Input).Height, ShapeOf(node.Input).Width):
                Add("GlobalMaxPool", node);
                break;
            case MaxPool2dOp pool:
                Windowed("MaxPool", node, pool.Window).With("ceil_mode", pool.Window.CeilMode ? 1 : 0);
                break;
            case AvgPool2dOp pool:
                Windowed("AveragePool", node, pool.Window)
                    .With("ceil_mode", pool.Window.CeilMode ? 1 : 0)
                    .With("count_include_pad", pool.CountIncludePad ? 1 : 0);
                break;
            case GlobalAvgPool2dOp:
                Add("GlobalAveragePool", node);
                break;
            case BatchNorm2dOp { IsAffine: true } norm:
                Add("BatchNormalization", node).With("epsilon", norm.Epsilon);
                break;
            case LayerNormOp { IsAffine: true, Over: NormAxes.All } norm:
                Add("LayerNormalization", node).With("axis", 1).With("epsilon", norm.Epsilon);
                break;
            case LayerNormOp { IsAffine: true, Over: NormAxes.Channels } norm:
                // ONNX knows it over the last axes only, as PyTorch does.
                string channelsLast = Inner(node, "channelsLast"), normalized = Inner(node, "normalized");
                Add("Transpose", channelsLast, NameOf(node.Input)).With("perm", 0, 2, 3, 1);
                Add("LayerNormalization", normalized, channelsLast, $"{node.Name}.weight", $"{node.Name}.bias").With("axis", -1).With("epsilon", norm.Epsilon);
                Add("Transpose", NameOf(node.Output), normalized).With("perm", 0, 3, 1, 2);
                break;
            case LocalResponseNormOp norm:
                Add("LRN", node).With("size", norm.Size).With("alpha", norm.Alpha).With("beta", norm.Beta).With("bias", norm.K);
                break;
            case FlattenOp:
                Add("Flatten", node);
                break;
            case DropoutOp:
                Add("Identity", node);
                break;
            case AddOp:
                Fold("Add", node);
                break;
            case MultiplyOp:
                Fold("Mul", node);
                break;
            case ConcatOp:
                Add("Concat", node).With("axis", 1);
                break;
            case PadOp or SliceOp or ChannelShuffleOp or UpsampleOp:
                Rearrange(node);
                break;
            default:
                Activate(node);
                break;
        }
    }

    private void Activate(Node node)
    {
        switch (node.Operator)
        {
            case ReLUOp:
                Add("Relu", node);
                break;
            case ReLU6Op:
                Add("Clip", node, Constant(node, "min", 0f), Constant(node, "max", 6f));
                break;
            case LeakyReLUOp leaky:
                Add("LeakyRelu", node).With("alpha", leaky.NegativeSlope);
                break;
            case PReLUOp or ScaleOp:
                // One weight for each channel of a map stands in a column of channels × 1 × 1.
                string weights = node.Operator is ScaleOp ? node.Name : $"{node.Name}.weight";
                weights = ShapeOf(node.Input).IsVector ? weights : Reshape(node, "weights", weights, [-1, 1, 1]);
                Add(node.Operator is ScaleOp ? "Mul" : "PRelu", NameOf(node.Output), NameOf(node.Input), weights);
                break;
            case SigmoidOp or TanhOp:
                Add(node.Operator is SigmoidOp ? "Sigmoid" : "Tanh", node);
                break;
            case SoftmaxOp or LogSoftmaxOp:
                Add(node.Operator is SoftmaxOp ? "Softmax" : "LogSoftmax", node).With("axis", 1);
                break;
            case ELUOp elu:
                Add("Elu", node).With("alpha", elu.Alpha);
                break;
            case SELUOp:
                Add("Selu", node); // Its defaults are the paper's constants.
                break;
            case GELUOp gelu:
                Add("Gelu", node).With("approximate", gelu.Form == GeluForm.Tanh ? "tanh" : "none");
                break;
            case SiLUOp:
                string gate = Inner(node, "gate");
                Add("Sigmoid", gate, NameOf(node.Input));
                Add("Mul", NameOf(node.Output), NameOf(node.Input), gate);
                break;
            case MishOp:
                Add("Mish", node);
                break;
            case HardSigmoidOp:
                Add("HardSigmoid", node).With("alpha", 1.0 / 6).With("beta", 0.5);
                break;
            case HardSwishOp:
                Add("HardSwish", node);
                break;
            case SoftplusOp { Beta: 1, Threshold: >= 20 }:
                Add("Softplus", node);
                break;
            default:
                throw new NotSupportedException($"{node.Name}: {node.Operator.Description} can't be written to an ONNX file: add it to {nameof(OnnxGraph)}.");
        }
    }
}
