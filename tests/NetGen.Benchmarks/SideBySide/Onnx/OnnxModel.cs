using NetGen.Generator.Graph;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>
/// Writes a network as an ONNX file for batches of one image: the operators from its graph, the weights from <c>Parameters</c>, which are in
/// PyTorch's layouts as ONNX wants them. Message and field numbers are those of onnx.proto.
/// </summary>
internal static class OnnxModel
{
    private const int IrVersion = 9;
    private const int OperatorSet = 20;

    /// <summary>Writes a network.</summary>
    /// <param name="network">Its graph as declared.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="stream">Where the file goes.</param>
    /// <exception cref="NotSupportedException">A layer has no counterpart here.</exception>
    public static void Write(NetworkGraph network, ParameterSet parameters, Stream stream)
    {
        OnnxGraph converted = OnnxGraph.Of(network);
        var graph = new ProtobufMessage();
        foreach (OnnxNode node in converted.Nodes) graph.Add(1, node.ToMessage());
        graph.Add(2, "network");
        foreach (Parameter parameter in parameters) graph.Add(5, OnnxTensor.Of(parameter));
        foreach (ProtobufMessage constant in converted.Constants) graph.Add(5, constant);
        graph.Add(11, ValueInfo(OnnxGraph.Input, Extents(network.InputShape))).Add(12, ValueInfo(OnnxGraph.Output, [1, network.OutputShape.Length]));

        ProtobufMessage operatorSet = new ProtobufMessage().Add(1, "").Add(2, OperatorSet);
        new ProtobufMessage().Add(1, IrVersion).Add(2, "NetGen").Add(7, graph).Add(8, operatorSet).WriteTo(stream);
    }

    private static long[] Extents(Generator.Graph.TensorShape shape) =>
        shape.IsVector ? [1, shape.Length] : [1, shape.Channels, shape.Height, shape.Width];

    private static ProtobufMessage ValueInfo(string name, long[] extents)
    {
        var shape = new ProtobufMessage();
        foreach (long extent in extents) shape.Add(1, new ProtobufMessage().Add(1, extent));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, OnnxTensor.Floats).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
