using System.Reflection;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>
/// Writes a chain network as an ONNX file for batches of one image: the layers from the class's attributes, the weights from
/// <c>Parameters</c>, which are in PyTorch's layouts as ONNX wants them. Message and field numbers are those of onnx.proto.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The graph's only input.</summary>
    public const string Input = "input";

    /// <summary>The graph's only output.</summary>
    public const string Output = "output";

    private const int IrVersion = 8;
    private const int OperatorSet = 13;
    private const int FloatElements = 1;

    /// <summary>Writes a network.</summary>
    /// <exception cref="NotSupportedException">A layer has no counterpart here.</exception>
    public static void Write<TNetwork>(TNetwork network, Stream stream)
        where TNetwork : class, INetwork<TNetwork>
    {
        var graph = new ProtobufMessage();
        Type declaration = typeof(TNetwork);
        IReadOnlyList<OnnxNode> nodes = OnnxLayers.Convert(LayerDeclaration.Of(declaration), network.Parameters, TakesVectors(declaration));
        string value = Input;
        for (int i = 0; i < nodes.Count; i++)
        {
            string result = i == nodes.Count - 1 ? Output : $"value{i + 1}";
            graph.Add(1, nodes[i].ToMessage(value, result));
            value = result;
        }

        graph.Add(2, typeof(TNetwork).Name);
        foreach (Parameter parameter in network.Parameters) graph.Add(5, Tensor(parameter));
        graph.Add(11, ValueInfo(Input, InputExtents<TNetwork>())).Add(12, ValueInfo(Output, OutputExtents<TNetwork>()));

        ProtobufMessage operatorSet = new ProtobufMessage().Add(1, "").Add(2, OperatorSet);
        new ProtobufMessage().Add(1, IrVersion).Add(2, "NetGen").Add(7, graph).Add(8, operatorSet).WriteTo(stream);
    }

    /// <summary>The extents of a network's input, with the batch of one in front.</summary>
    public static long[] InputExtents<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => Extents(TNetwork.InputShape, TakesVectors(typeof(TNetwork)));

    /// <summary>The extents of a network's output, with the batch of one in front.</summary>
    public static long[] OutputExtents<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => Extents(
            TNetwork.OutputShape,
            TakesVectors(typeof(TNetwork)) || LayerDeclaration.Of(typeof(TNetwork)).Any(OnnxLayers.Flattens));

    private static bool TakesVectors(Type network) => network.GetCustomAttribute<InputAttribute>()!.IsVector;

    private static long[] Extents(TensorShape shape, bool isVector) =>
        isVector ? [1, shape.Length] : [1, shape.Channels, shape.Height, shape.Width];

    private static ProtobufMessage Tensor(Parameter parameter)
    {
        var tensor = new ProtobufMessage();
        foreach (int extent in parameter.Shape) tensor.Add(1, extent);
        return tensor.Add(2, FloatElements).Add(8, parameter.Name)
            .Add(9, sizeof(float) * (long)parameter.Length, stream => stream.Write(MemoryMarshal.AsBytes(parameter.ToArray().AsSpan())));
    }

    private static ProtobufMessage ValueInfo(string name, long[] extents)
    {
        var shape = new ProtobufMessage();
        foreach (long extent in extents) shape.Add(1, new ProtobufMessage().Add(1, extent));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, FloatElements).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
