using System.Globalization;

namespace NetGen.CompilerServices;

/// <summary>
/// Reads the table of parameters that emitted code has as text: as code, one initialiser of hundreds of nested arrays, it would take the JIT
/// tens of milliseconds.
/// </summary>
/// <remarks>
/// A line has the name, the shape, the offset, bound and mean of the initial values, and for each extent of the shape its axis, with a blank in
/// between: <c>conv2.weight 20x6x5x5 176 0.2 0 16*1,2400 400 80 16</c>. An axis is its digits' strides with commas in between, each but the last
/// behind the digit's extent and a star.
/// </remarks>
internal ref struct ParameterTable
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private ParameterTable(ReadOnlySpan<char> text) => _text = text;

    /// <exception cref="FormatException">The text is no such table.</exception>
    public static ParameterLayout[] Read(string text)
    {
        ParameterTable table = new(text);
        List<ParameterLayout> layouts = [];
        while (table._at < text.Length)
        {
            layouts.Add(table.ReadLine());
        }

        return layouts.ToArray();
    }

    private ParameterLayout ReadLine()
    {
        string name = ReadWord().ToString();
        List<int> numbers = [];
        do
        {
            numbers.Add(ReadNumber());
        }
        while (Next() == 'x');

        int[] shape = numbers.ToArray();
        int offset = ReadNumber();
        Next();
        double bound = double.Parse(ReadWord(), NumberStyles.Float, CultureInfo.InvariantCulture);
        double mean = double.Parse(ReadWord(), NumberStyles.Float, CultureInfo.InvariantCulture);
        int[][] axes = new int[shape.Length][];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            axes[axis] = ReadAxis(numbers);
        }

        return new ParameterLayout(name, shape, offset, bound, axes, mean);
    }

    private int[] ReadAxis(List<int> digits)
    {
        digits.Clear();
        do
        {
            int extent = int.MaxValue, number = ReadNumber();
            if (_at < _text.Length && _text[_at] == '*')
            {
                _at++;
                extent = number;
                number = ReadNumber();
            }

            digits.Add(extent);
            digits.Add(number);
        }
        while (_at < _text.Length && _text[_at++] == ',');

        return digits.ToArray();
    }

    private int ReadNumber()
    {
        int number = 0, first = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            number = checked((10 * number) + (_text[_at++] - '0'));
        }

        return _at > first ? number : throw Fault();
    }

    private ReadOnlySpan<char> ReadWord()
    {
        int start = _at;
        while (Next() != ' ')
        {
        }

        return _text[start..(_at - 1)];
    }

    private char Next() => _at < _text.Length ? _text[_at++] : throw Fault();

    private readonly FormatException Fault() => new(
        $"The network's table of parameters is not of this version of NetGen, at its character {_at}; build the network again.");
}
