using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Ops;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <content>Operators that take several nodes or constants.</content>
internal sealed partial class OnnxGraph
{
    /// <summary>The layers that take, move or repeat elements.</summary>
    private void Rearrange(Node node)
    {
        Generator.Graph.TensorShape shape = ShapeOf(node.Input);
        switch (node.Operator)
        {
            case PadOp pad:
                string mode = pad.Form switch { PadForm.Reflect => "reflect", PadForm.Replicate => "edge", _ => "constant" };
                string pads = Constant(node, "pads", [0, 0, pad.Top, pad.Left, 0, 0, pad.Bottom, pad.Right]);
                Add("Pad", node, pads, Constant(node, "value", (float)pad.Value)).With("mode", mode);
                break;
            case SliceOp slice:
                Add("Slice", node, Constant(node, "starts", [slice.Start]), Constant(node, "ends", [slice.Start + slice.Count]), Constant(node, "axes", [1]));
                break;
            case ChannelShuffleOp shuffle:
                string grouped = Reshape(
                    node, "grouped", NameOf(node.Input), [1, shuffle.Groups, shape.Channels / shuffle.Groups, shape.Height, shape.Width]);
                string transposed = Inner(node, "transposed");
                Add("Transpose", transposed, grouped).With("perm", 0, 2, 1, 3, 4);
                Add("Reshape", NameOf(node.Output), transposed, Constant(node, "shape", [1, shape.Channels, shape.Height, shape.Width]));
                break;
            case UpsampleOp upsample:
                string scales = Inner(node, "scales");
                _constants.Add(OnnxTensor.Of(scales, [1f, 1f, upsample.ScaleH, upsample.ScaleW]));
                OnnxNode resize = Add("Resize", NameOf(node.Output), NameOf(node.Input), "", scales);
                if (upsample.Form == UpsampleForm.Nearest)
                    resize.With("mode", "nearest").With("coordinate_transformation_mode", "asymmetric").With("nearest_mode", "floor");
                else
                    resize.With("mode", "linear").With("coordinate_transformation_mode", upsample.AlignCorners ? "align_corners" : "half_pixel");
                break;
        }
    }

    /// <summary>A join as operators of two inputs. A vector of gates for a map's channels stands in a column.</summary>
    private void Fold(string operatorType, Node node)
    {
        string sum = NameOf(node.Input);
        for (int i = 1; i < node.Inputs.Count; i++)
        {
            bool isGate = ShapeOf(node.Inputs[i]).IsVector && !ShapeOf(node.Input).IsVector;
            string other = isGate ? Reshape(node, $"gates{i}", NameOf(node.Inputs[i]), [1, -1, 1, 1]) : NameOf(node.Inputs[i]);
            string result = i == node.Inputs.Count - 1 ? NameOf(node.Output) : Inner(node, $"part{i}");
            Add(operatorType, result, sum, other);
            sum = result;
        }
    }

    private OnnxNode Windowed(string operatorType, Node node, Window2d window)
    {
        OnnxNode windowed = Add(operatorType, node)
            .With("kernel_shape", window.KernelH, window.KernelW)
            .With("strides", window.StrideH, window.StrideW)
            .With("pads", window.PadTop, window.PadLeft, window.PadBottom, window.PadRight);
        return window is { DilationH: 1, DilationW: 1 } ? windowed : windowed.With("dilations", window.DilationH, window.DilationW);
    }

    /// <summary>A node that reads an operator's inputs, its parameters and then constants.</summary>
    private OnnxNode Add(string operatorType, Node node, params string[] constants) => Add(
        operatorType,
        NameOf(node.Output),
        [
            .. node.Inputs.Select(NameOf),
            .. node.Operator.Parameters(_graph.InputShapesOf(node)).Select(parameter => parameter.NameIn(node.Name)),
            .. constants,
        ]);

    private OnnxNode Add(string operatorType, string output, params string[] inputs)
    {
        var node = new OnnxNode(operatorType, output, inputs);
        _nodes.Add(node);
        return node;
    }

    private string Reshape(Node node, string what, string input, long[] shape)
    {
        string result = Inner(node, what);
        Add("Reshape", result, input, Constant(node, $"{what}.shape", shape));
        return result;
    }

    private string Constant(Node node, string what, long[] values)
    {
        string name = Inner(node, what);
        _constants.Add(OnnxTensor.Of(name, values));
        return name;
    }

    private string Constant(Node node, string what, float value)
    {
        string name = Inner(node, what);
        _constants.Add(OnnxTensor.Of(name, value));
        return name;
    }

    private string NameOf(int value) => value == _graph.Input ? Input : $"value{value}";

    private string Inner(Node node, string what) => $"{NameOf(node.Output)}.{what}";

    private Generator.Graph.TensorShape ShapeOf(int value) => _graph.Values[value].Shape;
}
