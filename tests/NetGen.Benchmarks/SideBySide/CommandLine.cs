using System.Globalization;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>Options of a command: <c>--threads 2</c> or <c>--threads=2</c>, and switches without a value.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">The command line behind the command.</param>
    /// <param name="options">Options that take a value.</param>
    /// <param name="switches">Options that take none.</param>
    /// <exception cref="CommandLineException">An option is unknown or lacks its value.</exception>
    public CommandLine(ReadOnlySpan<string> arguments, string[] options, string[] switches)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            (string option, string? value) = arguments[i].Split('=', 2) is [var name, var joined] ? (name, joined) : (arguments[i], null);
            if (switches.Contains(option) && value is null)
            {
                _values[option] = "";
                continue;
            }

            if (!options.Contains(option))
            {
                string known = string.Join(' ', [.. options, .. switches]);
                throw new CommandLineException($"There is no option '{arguments[i]}'; the options are {known}.");
            }

            if (value is null && i + 1 < arguments.Length) value = arguments[++i];
            _values[option] = string.IsNullOrEmpty(value) ? throw new CommandLineException($"{option} needs a value.") : value;
        }
    }

    public bool Has(string option) => _values.ContainsKey(option);

    public string? Text(string option) => _values.GetValueOrDefault(option);

    public int Integer(string option, int absent, int least, int most)
    {
        if (Text(option) is not { } text) return absent;
        bool isInteger = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return isInteger && value >= least && value <= most
            ? value
            : throw new CommandLineException($"{option} takes an integer from {least} to {most}, not '{text}'.");
    }

    public double PositiveNumber(string option, double absent, double most)
    {
        if (Text(option) is not { } text) return absent;
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        return isNumber && value > 0 && value <= most
            ? value
            : throw new CommandLineException($"{option} takes a number above 0 and up to {most}, not '{text}'.");
    }
}
