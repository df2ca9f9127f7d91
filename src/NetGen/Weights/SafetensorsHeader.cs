using System.Text.Json;

namespace NetGen;

/// <summary>
/// Reads the header of a safetensors file: a JSON object that gives each tensor's name, type, shape and place, where the places must
/// cover the data without gap or overlap. Format: https://github.com/huggingface/safetensors.
/// </summary>
internal ref struct SafetensorsHeader
{
    /// <summary>Bytes before the header: its length.</summary>
    public const int PrefixBytes = sizeof(ulong);

    /// <summary>The longest header allowed, as in the reference implementation.</summary>
    public const long MaximumBytes = 100_000_000;

    private const string Metadata = "__metadata__";

    private readonly string _source;
    private readonly List<SafetensorsTensor> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    private SafetensorsHeader(ReadOnlySpan<byte> json, string source)
    {
        _source = source;
        _json = new Utf8JsonReader(json);
    }

    /// <summary>Where in the file the current token begins.</summary>
    private readonly long Offset => PrefixBytes + _json.TokenStartIndex;

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="dataBytes">Bytes that follow the header, or null where that isn't known.</param>
    /// <returns>The tensors in the order of their data.</returns>
    /// <exception cref="WeightsFormatException">The header is malformed.</exception>
    public static SafetensorsTensor[] Parse(ReadOnlySpan<byte> json, string source, long? dataBytes)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new WeightsFormatException(source, PrefixBytes, "this is not a safetensors file: the header does not begin with '{'; it must be a JSON object.");
        }

        SafetensorsHeader header = new(json, source);
        try
        {
            header.ReadTensors();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or UTF-16.
            throw new WeightsFormatException(
                source, PrefixBytes + header._json.BytesConsumed, $"the header is not valid JSON: {exception.Message}", exception);
        }

        List<SafetensorsTensor> tensors = header._tensors;
        tensors.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        CheckPlaces(tensors, source, PrefixBytes + json.Length, dataBytes);
        return tensors.ToArray();
    }

    private static void CheckPlaces(List<SafetensorsTensor> tensors, string source, long dataOffset, long? dataBytes)
    {
        long covered = 0;
        string previous = "";
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Begin < covered)
            {
                throw new WeightsFormatException(source, tensor.HeaderOffset,
                    $"'{tensor.Name}' begins at byte {tensor.Begin} of the data, inside '{previous}', which ends at {covered}.");
            }

            if (tensor.Begin > covered)
            {
                throw new WeightsFormatException(source, tensor.HeaderOffset,
                    $"'{tensor.Name}' begins at byte {tensor.Begin} of the data; no tensor covers bytes {covered} to {tensor.Begin}.");
            }

            covered = tensor.End;
            previous = tensor.Name;
        }

        if (dataBytes < covered)
        {
            throw new WeightsFormatException(source, dataOffset + dataBytes.Value,
                $"the file ends after {dataBytes} bytes of data; '{previous}' reaches to byte {covered}.");
        }

        if (dataBytes > covered)
        {
            throw new WeightsFormatException(source, dataOffset + covered,
                $"the file goes on behind the {covered} bytes of data that its header describes, to byte {dataBytes}; it must end there.");
        }
    }

    private void ReadTensors()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = _json.GetString()!;
            if (!_names.Add(name))
            {
                throw Fault($"'{name}' occurs twice; each name may occur once.");
            }

            long offset = Offset;
            _json.Read();
            if (name == Metadata)
            {
                ReadMetadata();
            }
            else
            {
                _tensors.Add(ReadTensor(name, offset));
            }
        }

        // What is left may only be blanks: the reader throws on anything else.
        _json.Read();
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, $"'{Metadata}' must be an object of strings");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _json.Read();
            Expect(JsonTokenType.String, $"'{Metadata}' must be an object of strings");
        }
    }

    private SafetensorsTensor ReadTensor(string name, long offset)
    {
        Expect(JsonTokenType.StartObject, $"'{name}' must be an object with dtype, shape and data_offsets");
        TensorType? type = null;
        long[]? shape = null;
        long[]? places = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string member = _json.GetString()!;
            bool seen = member switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => places is not null,
                _ => false,
            };
            if (seen)
            {
                throw Fault($"'{name}' has two members '{member}'.");
            }

            _json.Read();
            switch (member)
            {
                case "dtype":
                    Expect(JsonTokenType.String, $"dtype of '{name}' must be a string");
                    type = TensorType.Find(_json.GetString()!)
                        ?? throw Fault($"dtype '{_json.GetString()}' of '{name}' is unknown; known are {string.Join(", ", TensorType.Names)}.");
                    break;
                case "shape":
                    shape = ReadNumbers($"shape of '{name}'");
                    break;
                case "data_offsets":
                    places = ReadNumbers($"data_offsets of '{name}'");
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        if (type is null || shape is null || places is null)
        {
            string missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw new WeightsFormatException(_source, offset, $"'{name}' has no {missing}; a tensor needs dtype, shape and data_offsets.");
        }

        if (places is not [long begin, long end] || begin > end)
        {
            throw new WeightsFormatException(_source, offset,
                $"data_offsets of '{name}' are {SafetensorsTensor.Describe(places)}; they must be [begin, end] with begin ≤ end.");
        }

        SafetensorsTensor tensor = new(name, type, shape, begin, end, offset);
        CheckSize(tensor);
        return tensor;
    }

    private readonly void CheckSize(SafetensorsTensor tensor)
    {
        // Sizes beyond 63 bits saturate: no file holds them.
        UInt128 bits = (UInt128)tensor.Type.Bits;
        foreach (long extent in tensor.Shape)
        {
            bits = UInt128.Min(bits * (ulong)extent, long.MaxValue);
        }

        long bytes = tensor.End - tensor.Begin;
        if (bits != (UInt128)bytes * 8)
        {
            string needed = bits == long.MaxValue ? "too large for any file" : $"{(bits + 7) / 8} bytes";
            throw new WeightsFormatException(_source, tensor.HeaderOffset,
                $"'{tensor.Name}' is {tensor.Type.Name} {SafetensorsTensor.Describe(tensor.Shape)}, {needed}; its data_offsets give it {bytes}.");
        }
    }

    private long[] ReadNumbers(string what)
    {
        Expect(JsonTokenType.StartArray, $"{what} must be an array of whole numbers");
        List<long> numbers = new(4);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, $"{what} must be an array of whole numbers");
            if (!_json.TryGetInt64(out long number) || number < 0)
            {
                throw Fault($"{what} has a number that is not whole, negative or beyond 2⁶³.");
            }

            numbers.Add(number);
        }

        return numbers.ToArray();
    }

    private readonly void Expect(JsonTokenType type, string message)
    {
        if (_json.TokenType != type)
        {
            throw Fault($"{message}; there is {_json.TokenType}.");
        }
    }

    private readonly WeightsFormatException Fault(string message) => new(_source, Offset, message);
}
