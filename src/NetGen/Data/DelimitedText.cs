using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Datasets in text files with one sample a line: numbers between separators, with a label or float targets among the columns.
/// </summary>
/// <remarks>
/// Numbers are written with a decimal point whatever the machine's culture. Blank lines are skipped, a byte order mark too; values are
/// not quoted. UCI's optdigits files are read as they are.
/// </remarks>
public static class DelimitedText
{
    // Without ClassCount the largest label decides the number of classes; a stray value in the label column is no class.
    private const int MostInferredClasses = 1_000_000;

    /// <summary>Loads a file, plain or compressed with gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Separator, columns, shape; the defaults of <see cref="DelimitedTextOptions"/> unless given.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="DataFormatException">
    /// A line has another number of columns than the first, a value is no finite number, or a label is no class; the message names
    /// the line.
    /// </exception>
    public static ArrayDataset Load(string path, DelimitedTextOptions? options = null)
    {
        options ??= new DelimitedTextOptions();
        Check(options);
        using var reader = new DataFileReader(path);
        byte[] text = reader.ReadToEnd("text");
        return new Parser(reader, text, options).Parse();
    }

    private static void Check(DelimitedTextOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.TargetColumns, "TargetColumns");
        ArgumentOutOfRangeException.ThrowIfNegative(options.ClassCount, "ClassCount");
        char separator = options.Separator;
        if (separator is '\n' or '\r' or '.' or '-' or '+' || char.IsAsciiLetterOrDigit(separator) || !char.IsAscii(separator))
            throw Wrong($"'{separator}' cannot separate numbers; use a comma, a semicolon, a tab or a space.");
        if (!float.IsFinite(options.Scale))
            throw Wrong($"Scale is {options.Scale}; it must be finite.");
        if (options.TargetColumns > 0 && (options.ClassCount > 0 || options.ClassNames is not null))
            throw Wrong("TargetColumns reads float targets, ClassCount and ClassNames read a label; set one or the other.");
        if (options.ClassNames is { } names && options.ClassCount > 0 && options.ClassCount != names.Count)
            throw Wrong($"ClassCount is {options.ClassCount}, but there are {names.Count} ClassNames; leave ClassCount unset.");
        if (options.InputShape is { } shape) SampleChecks.Shape(shape);

        static ArgumentException Wrong(string message) => new(message, nameof(options));
    }

    private sealed class Parser(DataFileReader reader, byte[] text, DelimitedTextOptions options)
    {
        private readonly List<float> _inputs = [], _targets = [];
        private readonly List<int> _labels = [];
        private readonly List<Range> _fields = [];
        private int _line, _firstLine, _columns, _labelColumn;

        public ArrayDataset Parse()
        {
            int position = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            bool headerPending = options.HasHeader;
            while (position < text.Length)
            {
                int length = text.AsSpan(position).IndexOf((byte)'\n');
                if (length < 0) length = text.Length - position;
                _line++;
                Split(position, position + length);
                if (_fields.Count > 0)
                {
                    if (headerPending) headerPending = false;
                    else ParseLine(position);
                }
                position += length + 1;
            }
            if (_columns == 0) throw reader.Error(text.Length, "expected at least one line of values; the file has none.");

            TensorShape shape = options.InputShape ?? new TensorShape(_columns - AnswerColumns);
            return options.TargetColumns > 0
                ? new ArrayDataset(shape, [.. _inputs], [.. _targets], options.TargetColumns)
                : new ArrayDataset(shape, [.. _inputs], [.. _labels], ClassCount());
        }

        private int AnswerColumns => options.TargetColumns > 0 ? options.TargetColumns : 1;

        private int ClassCount() => options.ClassNames?.Count ?? (options.ClassCount > 0 ? options.ClassCount : _labels.Max() + 1);

        /// <summary>The places of a line's values in the text; none for a blank line.</summary>
        private void Split(int start, int end)
        {
            _fields.Clear();
            (start, end) = Trim(start, end);
            if (start == end) return;
            bool bySpace = options.Separator == ' ';
            for (int i = start; i <= end; i++)
            {
                if (i < end && text[i] != options.Separator && !(bySpace && text[i] == '\t')) continue;
                (int from, int to) = Trim(start, i);
                if (!bySpace || from < to) _fields.Add(from..to);
                start = i + 1;
            }
        }

        private (int Start, int End) Trim(int start, int end)
        {
            while (start < end && IsBlank(text[start])) start++;
            while (end > start && IsBlank(text[end - 1])) end--;
            return (start, end);
        }

        // A separating tab is no blank: an empty last column must not vanish with it.
        private bool IsBlank(byte b) => b is (byte)' ' or (byte)'\r' || (b == '\t' && options.Separator != '\t');

        private void ParseLine(int offset)
        {
            if (_columns == 0) BeginColumns(offset);
            if (_fields.Count != _columns)
                throw reader.Error(offset, $"line {_line} has {_fields.Count} values; expected {_columns}, as in the lines before.");

            int firstTarget = _columns - options.TargetColumns;
            for (int c = 0; c < _columns; c++)
            {
                if (c == _labelColumn) _labels.Add(Label(c));
                else if (c < firstTarget) _inputs.Add(Number(c, options.Scale));
                else _targets.Add(Number(c, 1));
            }
        }

        private void BeginColumns(int offset)
        {
            _columns = _fields.Count;
            _firstLine = _line;
            int answers = AnswerColumns;
            if (_columns <= answers)
                throw reader.Error(offset,
                    $"line {_line} has {_columns} values; expected at least {answers + 1}, of which {answers} for the " +
                    $"{(options.TargetColumns > 0 ? "targets" : "label")}. Is the separator '{options.Separator}'?");
            _labelColumn = -1;
            if (options.TargetColumns == 0)
            {
                _labelColumn = options.LabelColumn < 0 ? _columns + options.LabelColumn : options.LabelColumn;
                if ((uint)_labelColumn >= (uint)_columns)
                    throw reader.Error(offset, $"line {_line} has {_columns} values; LabelColumn {options.LabelColumn} is none of them.");
            }
            if (options.InputShape is { } shape && shape.Length != _columns - answers)
                throw reader.Error(offset,
                    $"line {_line} has {_columns - answers} input values; the input shape {shape} takes {shape.Length}.");
        }

        private float Number(int column, float scale)
        {
            ReadOnlySpan<byte> field = text.AsSpan(_fields[column]);
            if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value * scale))
                return value * scale;
            throw Unexpected(column, "a finite number", MayBeName(field) ? HeaderRemedy : "");
        }

        private int Label(int column)
        {
            ReadOnlySpan<byte> field = text.AsSpan(_fields[column]);
            if (options.ClassNames is { } names)
            {
                string name = Encoding.UTF8.GetString(field);
                for (int i = 0; i < names.Count; i++)
                    if (names[i] == name) return i;
                string known = string.Join(", ", names.Take(12)) + (names.Count > 12 ? ", …" : "");
                throw Unexpected(column, $"one of the {names.Count} class names ({known})", HeaderRemedyForLabel);
            }
            int classes = options.ClassCount > 0 ? options.ClassCount : MostInferredClasses;
            bool isInteger = int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int label);
            if (isInteger && (uint)label < (uint)classes) return label;
            string remedy = !MayBeName(field) ? "" : HeaderRemedyForLabel is { Length: > 0 } header ? header
                : " If the labels are names, set ClassNames.";
            if (!isInteger && IsNumber(field)) remedy = " For float targets set TargetColumns.";
            throw Unexpected(column, $"a label, an integer 0 to {classes - 1}", remedy);
        }

        private string HeaderRemedy =>
            _line == _firstLine && !options.HasHeader ? $" If line {_line} holds the columns' names, set HasHeader." : "";

        /// <summary>A label may well be a word; a line without a single number is a header.</summary>
        private string HeaderRemedyForLabel => _fields.TrueForAll(place => !IsNumber(text.AsSpan(place))) ? HeaderRemedy : "";

        private static bool MayBeName(ReadOnlySpan<byte> field) => !field.IsEmpty && !IsNumber(field);

        private static bool IsNumber(ReadOnlySpan<byte> field) =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

        private DataFormatException Unexpected(int column, string expectation, string remedy)
        {
            int offset = _fields[column].Start.Value;
            ReadOnlySpan<byte> field = text.AsSpan(_fields[column]);
            string shown = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 24)]);
            return reader.Error(offset, $"line {_line}, column {column + 1}: expected {expectation}, found '{shown}'.{remedy}");
        }
    }
}
