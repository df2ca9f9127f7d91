namespace NetGen.Benchmarks.SideBySide.Onnx;

/// <summary>A node of an ONNX graph (NodeProto and AttributeProto of onnx.proto).</summary>
internal sealed class OnnxNode
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int StringType = 3;
    private const int IntegersType = 7;

    private readonly List<ProtobufMessage> _attributes = [];
    private readonly string _operator;
    private readonly string[] _parameters;

    /// <summary>A node without attributes.</summary>
    /// <param name="operatorType">The operator's name in ONNX.</param>
    /// <param name="parameters">The constant inputs behind the first one.</param>
    public OnnxNode(string operatorType, params string[] parameters)
    {
        _operator = operatorType;
        _parameters = parameters;
    }

    public OnnxNode With(string name, double value) => With(name, FloatType, attribute => attribute.Add(2, (float)value));

    public OnnxNode With(string name, int value) => With(name, IntegerType, attribute => attribute.Add(3, value));

    public OnnxNode With(string name, string value) => With(name, StringType, attribute => attribute.Add(4, value));

    public OnnxNode With(string name, params int[] values) => With(name, IntegersType, attribute =>
    {
        foreach (int value in values) attribute.Add(8, value);
    });

    public OnnxNode With(string name, (int H, int W) pair) => With(name, [pair.H, pair.W]);

    /// <summary>The node in its place in the graph.</summary>
    public ProtobufMessage ToMessage(string input, string output)
    {
        ProtobufMessage message = new ProtobufMessage().Add(1, input);
        foreach (string parameter in _parameters) message.Add(1, parameter);
        message.Add(2, output).Add(3, output).Add(4, _operator);
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
