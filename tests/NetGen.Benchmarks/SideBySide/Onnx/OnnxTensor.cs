using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>A constant of an ONNX graph (TensorProto of onnx.proto).</summary>
internal static class OnnxTensor
{
    /// <summary>The number of float32 in TensorProto.DataType.</summary>
    public const int Floats = 1;

    private const int Integers = 7;

    /// <summary>A parameter in PyTorch's layout, which is ONNX's. Its values are read when they are written.</summary>
    public static ProtobufMessage Of(Parameter parameter) => Head(Floats, parameter.Name, parameter.Shape.ToArray())
        .Add(9, sizeof(float) * (long)parameter.Length, stream => stream.Write(MemoryMarshal.AsBytes(parameter.ToArray().AsSpan())));

    /// <summary>A vector of integers, as shapes and axes are given.</summary>
    public static ProtobufMessage Of(string name, long[] values) => Head(Integers, name, [values.Length])
        .Add(9, sizeof(long) * (long)values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    /// <summary>A number.</summary>
    public static ProtobufMessage Of(string name, float value) => Head(Floats, name, []).Add(9, sizeof(float), stream => stream.Write(BitConverter.GetBytes(value)));

    /// <summary>A vector of floats.</summary>
    public static ProtobufMessage Of(string name, float[] values) => Head(Floats, name, [values.Length])
        .Add(9, sizeof(float) * (long)values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));

    private static ProtobufMessage Head(int type, string name, int[] extents)
    {
        var tensor = new ProtobufMessage();
        foreach (int extent in extents) tensor.Add(1, extent);
        return tensor.Add(2, type).Add(8, name);
    }
}
