namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>A node of an ONNX graph (NodeProto and AttributeProto of onnx.proto).</summary>
/// <param name="operatorType">The operator's name in ONNX.</param>
/// <param name="output">The name of its result, and its own.</param>
/// <param name="inputs">The names of what it reads; an empty one for an input that is left out.</param>
internal sealed class OnnxNode(string operatorType, string output, params string[] inputs)
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int StringType = 3;
    private const int IntegersType = 7;

    private readonly List<ProtobufMessage> _attributes = [];

    public OnnxNode With(string name, double value) => With(name, FloatType, attribute => attribute.Add(2, (float)value));

    public OnnxNode With(string name, int value) => With(name, IntegerType, attribute => attribute.Add(3, value));

    public OnnxNode With(string name, string value) => With(name, StringType, attribute => attribute.Add(4, value));

    public OnnxNode With(string name, params int[] values) => With(name, IntegersType, attribute =>
    {
        foreach (int value in values) attribute.Add(8, value);
    });

    public ProtobufMessage ToMessage()
    {
        var message = new ProtobufMessage();
        foreach (string input in inputs) message.Add(1, input);
        message.Add(2, output).Add(3, output).Add(4, operatorType);
        foreach (ProtobufMessage attribute in _attributes) message.Add(5, attribute);
        return message;
    }

    private OnnxNode With(string name, int type, Action<ProtobufMessage> addValue)
    {
        ProtobufMessage attribute = new ProtobufMessage().Add(1, name);
        addValue(attribute);
        _attributes.Add(attribute.Add(20, type));
        return this;
    }
}
