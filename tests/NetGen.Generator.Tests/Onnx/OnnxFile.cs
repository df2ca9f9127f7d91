using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>What an ONNX file holds, read by field numbers of onnx.proto; only what <c>OnnxModel</c> may write is understood.</summary>
internal sealed class OnnxFile
{
    private OnnxFile(byte[] file)
    {
        ILookup<int, object> model = Fields(file);
        IrVersion = (long)(ulong)model[1].Single();
        OperatorSet = (long)(ulong)Message(model[8].Single())[2].Single();

        ILookup<int, object> graph = Message(model[7].Single());
        Nodes = [.. graph[1].Select(node => new OnnxFileNode(Message(node)))];
        Tensors = graph[5].Select(Message).ToDictionary(
            tensor => Text(tensor[8].Single()),
            tensor => (Integers(tensor[1]), Values((ulong)tensor[2].Single(), (byte[])tensor[9].Single())));
        Input = ValueInfo(graph[11].Single());
        Output = ValueInfo(graph[12].Single());
    }

    public long IrVersion { get; }

    public long OperatorSet { get; }

    public IReadOnlyList<OnnxFileNode> Nodes { get; }

    public IReadOnlyDictionary<string, (long[] Extents, float[] Values)> Tensors { get; }

    /// <summary>Name and extents: <c>input [1, 3, 6, 5]</c>.</summary>
    public string Input { get; }

    /// <summary>Name and extents.</summary>
    public string Output { get; }

    public static OnnxFile Parse(byte[] file) => new(file);

    public static ILookup<int, object> Message(object field) => Fields((byte[])field);

    public static string Text(object field) => Encoding.UTF8.GetString((byte[])field);

    public static long[] Integers(IEnumerable<object> fields) => [.. fields.Select(field => (long)(ulong)field)];

    private static float[] Values(ulong type, byte[] data) => type switch
    {
        1 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
        7 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(data).ToArray(), value => (float)value),
        _ => throw new InvalidDataException($"tensor type {type}"),
    };

    private static string ValueInfo(object field)
    {
        ILookup<int, object> info = Message(field);
        ILookup<int, object> tensor = Message(Message(info[2].Single())[1].Single());
        Xunit.Assert.Equal(1UL, tensor[1].Single()); // float32
        IEnumerable<object> extents = Message(tensor[2].Single())[1].Select(dimension => Message(dimension)[1].Single());
        return $"{Text(info[1].Single())} [{string.Join(", ", Integers(extents))}]";
    }

    // The encoding of protocol buffers: a tag of field number and wire type, then a varint, four bytes, or a length and as many bytes.
    private static ILookup<int, object> Fields(byte[] message)
    {
        var fields = new List<(int Field, object Value)>();
        int position = 0;
        while (position < message.Length)
        {
            ulong tag = Varint(message, ref position);
            object value = (tag & 7) switch
            {
                0 => Varint(message, ref position),
                2 => Bytes(message, ref position, (int)Varint(message, ref position)),
                5 => BitConverter.ToSingle(Bytes(message, ref position, sizeof(float))),
                _ => throw new InvalidDataException($"wire type {tag & 7} at {position}"),
            };
            fields.Add(((int)(tag >> 3), value));
        }

        return fields.ToLookup(field => field.Field, field => field.Value);
    }

    private static byte[] Bytes(byte[] message, ref int position, int count)
    {
        byte[] bytes = message[position..(position + count)];
        position += count;
        return bytes;
    }

    private static ulong Varint(byte[] message, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}

/// <summary>A node of an ONNX file.</summary>
internal sealed class OnnxFileNode(ILookup<int, object> node)
{
    public string[] Inputs { get; } = [.. node[1].Select(OnnxFile.Text)];

    public string Output { get; } = OnnxFile.Text(node[2].Single());

    /// <summary>The operator with its attributes in order: <c>Gemm transB=1</c>.</summary>
    public string Text { get; } =
        string.Join(' ', [OnnxFile.Text(node[4].Single()), .. node[5].Select(OnnxFile.Message).Select(Attribute)]);

    private static string Attribute(ILookup<int, object> attribute)
    {
        // AttributeProto says its type besides having a value of that type.
        object value = (ulong)attribute[20].Single() switch
        {
            1 => attribute[2].Single(),
            2 => attribute[3].Single(),
            3 => OnnxFile.Text(attribute[4].Single()),
            7 => string.Join(',', attribute[8]),
            var type => throw new InvalidDataException($"attribute type {type}"),
        };
        return FormattableString.Invariant($"{OnnxFile.Text(attribute[1].Single())}={value}");
    }
}
