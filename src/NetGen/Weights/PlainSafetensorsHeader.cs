namespace NetGen;

/// <summary>
/// Reads headers as libraries write them: ASCII names without escapes; a tensor's members in the order dtype, shape, data_offsets and no others.
/// </summary>
/// <remarks>
/// A program's first use of <c>Utf8JsonReader</c> costs it 10 ms of compilation and loading, as much as all else that LeNet-5 is loaded with
/// (.NET 10). Whatever is not plain, and whatever is wrong, is left to <see cref="SafetensorsHeader"/>, which reads all of JSON and tells of faults.
/// </remarks>
internal ref struct PlainSafetensorsHeader
{
    // Numbers of so many digits are within 63 bits.
    private const int MostDigits = 18;

    // No library makes tensors of more axes.
    private const int MostNumbers = 64;

    private readonly ReadOnlySpan<byte> _json;
    private readonly long[] _numbers = new long[MostNumbers];
    private int _at;

    private PlainSafetensorsHeader(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header.</param>
    /// <returns>The tensors in the header's order; null where the header is not plain or not well-formed.</returns>
    public static List<SafetensorsTensor>? TryRead(ReadOnlySpan<byte> json)
    {
        PlainSafetensorsHeader header = new(json);
        List<SafetensorsTensor> tensors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        if (!header.Take('{'))
        {
            return null;
        }

        do
        {
            long offset = SafetensorsHeader.PrefixBytes + header._at;
            if (!header.TryReadString(out ReadOnlySpan<byte> ascii) || !header.Take(':'))
            {
                return null;
            }

            string name = Text(ascii);
            if (!names.Add(name))
            {
                return null;
            }

            if (name == SafetensorsHeader.Metadata)
            {
                if (!header.SkipMetadata())
                {
                    return null;
                }
            }
            else if (header.ReadTensor(name, offset) is { FitsItsPlace: true } tensor)
            {
                tensors.Add(tensor);
            }
            else
            {
                return null;
            }
        }
        while (header.Take(','));

        return header.Take('}') && header._at == json.Length ? tensors : null;
    }

    private SafetensorsTensor? ReadTensor(string name, long offset)
    {
        if (!Take('{') || !TakeMember(SafetensorsHeader.TypeMember) || ReadType() is not TensorType type
            || !Take(',') || !TakeMember(SafetensorsHeader.ShapeMember) || ReadNumbers() is not long[] shape
            || !Take(',') || !TakeMember(SafetensorsHeader.PlacesMember) || ReadNumbers() is not long[] places
            || !Take('}') || places.Length != 2 || places[0] > places[1])
        {
            return null;
        }

        return new SafetensorsTensor(name, type, shape, places[0], places[1], offset);
    }

    private bool SkipMetadata()
    {
        if (!Take('{'))
        {
            return false;
        }

        do
        {
            if (!TryReadString(out _) || !Take(':') || !TryReadString(out _))
            {
                return false;
            }
        }
        while (Take(','));

        return Take('}');
    }

    private bool TakeMember(string name)
    {
        if (!TryReadString(out ReadOnlySpan<byte> ascii) || ascii.Length != name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (ascii[i] != name[i])
            {
                return false;
            }
        }

        return Take(':');
    }

    private TensorType? ReadType() =>
        TryReadString(out ReadOnlySpan<byte> ascii) && ascii.Length <= TensorType.LongestName ? TensorType.Find(Text(ascii)) : null;

    /// <summary>Reads a string without escapes. Nothing is allocated for it: metadata may be long, and is of no use here.</summary>
    private bool TryReadString(out ReadOnlySpan<byte> ascii)
    {
        ascii = default;
        int start = _at + 1;
        if (_at == _json.Length || _json[_at] != '"')
        {
            return false;
        }

        for (int end = start; end < _json.Length && _json[end] is >= (byte)' ' and < 0x7F and not (byte)'\\'; end++)
        {
            if (_json[end] == '"')
            {
                ascii = _json[start..end];
                _at = end + 1;
                SkipBlanks();
                return true;
            }
        }

        return false;
    }

    // By arrays and loops: the library's lists and spans of 64-bit numbers are compiled for each process.
    private long[]? ReadNumbers()
    {
        int count = 0;
        if (!Take('['))
        {
            return null;
        }

        while (!Take(']'))
        {
            if (count == MostNumbers || (count > 0 && !Take(',')) || ReadNumber() is not long number)
            {
                return null;
            }

            _numbers[count++] = number;
        }

        long[] read = new long[count];
        for (int i = 0; i < count; i++)
        {
            read[i] = _numbers[i];
        }

        return read;
    }

    private long? ReadNumber()
    {
        int start = _at;
        long number = 0;
        while (_at < _json.Length && _json[_at] is >= (byte)'0' and <= (byte)'9')
        {
            number = unchecked((10 * number) + (_json[_at++] - '0'));
        }

        int digits = _at - start;
        bool isPlain = digits is > 0 and <= MostDigits && (digits == 1 || _json[start] != '0');
        SkipBlanks();
        return isPlain ? number : null;
    }

    /// <summary>Goes past a character and the blanks behind it, if it is the next.</summary>
    private bool Take(char character)
    {
        if (_at == _json.Length || _json[_at] != character)
        {
            return false;
        }

        _at++;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    // A loop: the library's vectorised conversion is compiled for each process.
    private static string Text(ReadOnlySpan<byte> ascii)
    {
        char[] characters = new char[ascii.Length];
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = (char)ascii[i];
        }

        return new string(characters);
    }
}
