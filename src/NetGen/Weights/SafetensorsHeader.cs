using System.Text.Json;

namespace NetGen;

/// <summary>
/// Reads the header of a safetensors file: a JSON object that gives each tensor's name, type, shape and place.
/// Format: https://github.com/huggingface/safetensors.
/// </summary>
internal ref struct SafetensorsHeader
{
    /// <summary>Bytes before the header: its length.</summary>
    public const int PrefixBytes = sizeof(ulong);

    /// <summary>The longest header allowed, as in the reference implementation.</summary>
    public const long MaximumBytes = 100_000_000;

    public const string Metadata = "__metadata__";
    public const string TypeMember = "dtype";
    public const string ShapeMember = "shape";
    public const string PlacesMember = "data_offsets";

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
    /// <returns>The tensors in the header's order.</returns>
    /// <exception cref="WeightsFormatException">The header is malformed.</exception>
    public static List<SafetensorsTensor> Parse(ReadOnlySpan<byte> json, string source)
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

        return header._tensors;
    }

    private void ReadTensors()
    {
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = _json.GetString()!;
            if (!_names.Add(name))
            {
                throw NamedTwice(name);
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
        Expect(JsonTokenType.StartObject, Metadata, null);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _json.Read();
            Expect(JsonTokenType.String, Metadata, null);
        }
    }

    private SafetensorsTensor ReadTensor(string name, long offset)
    {
        Expect(JsonTokenType.StartObject, name, null);
        TensorType? type = null;
        long[]? shape = null;
        long[]? places = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string member = _json.GetString()!;
            if ((member == TypeMember && type is not null) || (member == ShapeMember && shape is not null) || (member == PlacesMember && places is not null))
            {
                throw MemberTwice(name, member);
            }

            _json.Read();
            switch (member)
            {
                case TypeMember:
                    Expect(JsonTokenType.String, name, member);
                    type = TensorType.Find(_json.GetString()!) ?? throw UnknownType(name);
                    break;
                case ShapeMember:
                    shape = ReadNumbers(name, member);
                    break;
                case PlacesMember:
                    places = ReadNumbers(name, member);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        if (type is null || shape is null || places is null)
        {
            throw Incomplete(name, offset, type is null ? TypeMember : shape is null ? ShapeMember : PlacesMember);
        }

        if (places.Length != 2 || places[0] > places[1])
        {
            throw NoRange(name, offset, places);
        }

        SafetensorsTensor tensor = new(name, type, shape, places[0], places[1], offset);
        return tensor.FitsItsPlace ? tensor : throw WrongSize(tensor);
    }

    private long[] ReadNumbers(string name, string member)
    {
        Expect(JsonTokenType.StartArray, name, member);
        List<long> numbers = new(4);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, name, member);
            if (!_json.TryGetInt64(out long number) || number < 0)
            {
                throw NotANumber(name, member);
            }

            numbers.Add(number);
        }

        return numbers.ToArray();
    }

    // The token is part of a member's value, or of the tensor's or the metadata's where there is no member.
    private readonly void Expect(JsonTokenType type, string name, string? member)
    {
        if (_json.TokenType != type)
        {
            throw Unexpected(name, member);
        }
    }

    // What is told of faults stands apart: compiling it would delay every load.

    private readonly WeightsFormatException Unexpected(string name, string? member)
    {
        string rule = member switch
        {
            null => name == Metadata ? $"'{name}' must be an object of strings" : $"'{name}' must be an object with dtype, shape and data_offsets",
            TypeMember => $"{member} of '{name}' must be a string",
            _ => $"{member} of '{name}' must be an array of whole numbers",
        };
        return Fault($"{rule}; there is {_json.TokenType}.");
    }

    private readonly WeightsFormatException NotANumber(string name, string member) =>
        Fault($"{member} of '{name}' has a number that is not whole, negative or beyond 2⁶³.");

    private readonly WeightsFormatException NamedTwice(string name) => Fault($"'{name}' occurs twice; each name may occur once.");

    private readonly WeightsFormatException MemberTwice(string name, string member) => Fault($"'{name}' has two members '{member}'.");

    private readonly WeightsFormatException UnknownType(string name) =>
        Fault($"dtype '{_json.GetString()}' of '{name}' is unknown; known are {string.Join(", ", TensorType.Names)}.");

    private readonly WeightsFormatException Incomplete(string name, long offset, string missing) =>
        new(_source, offset, $"'{name}' has no {missing}; a tensor needs dtype, shape and data_offsets.");

    private readonly WeightsFormatException NoRange(string name, long offset, long[] places) => new(
        _source, offset, $"data_offsets of '{name}' are {SafetensorsTensor.Describe(places)}; they must be [begin, end] with begin ≤ end.");

    private readonly WeightsFormatException WrongSize(SafetensorsTensor tensor)
    {
        long bits = tensor.Bits;
        string needed = bits == long.MaxValue ? "too large for any file" : $"{(bits / 8) + (bits % 8 == 0 ? 0 : 1)} bytes";
        return new WeightsFormatException(
            _source, tensor.HeaderOffset, $"'{tensor.Name}' is {tensor.Type.Name} {SafetensorsTensor.Describe(tensor.Shape)}, {needed}; "
            + $"its data_offsets give it {tensor.End - tensor.Begin}.");
    }

    private readonly WeightsFormatException Fault(string message) => new(_source, Offset, message);
}
