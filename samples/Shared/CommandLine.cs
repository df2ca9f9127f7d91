namespace Samples;

/// <summary>A command line: words, and options with a value each (<c>--option value</c> or <c>--option=value</c>).</summary>
internal sealed class CommandLine
{
    private readonly List<string> _words = [];
    private readonly List<(string Name, string Value)> _options = [];

    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The options that are there, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Options => _options;

    /// <summary>Whether help is asked for; nothing behind that is read.</summary>
    public bool Help { get; private set; }

    /// <summary>The value of an option, the last if there are several; null where it is absent.</summary>
    public string? this[string option] => _options.FindLast(given => given.Name == option).Value;

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">The options that there are, besides <c>--help</c>.</param>
    /// <exception cref="ArgumentsException">An option is unknown or lacks its value.</exception>
    public static CommandLine Parse(string[] args, params IReadOnlyCollection<string> options)
    {
        var line = new CommandLine();
        for (int i = 0; i < args.Length && !line.Help; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                line._words.Add(args[i]);
                continue;
            }

            (string option, string? value) = args[i].Split('=', 2) is [var name, var joined] ? (name, joined) : (args[i], null);
            if (option is "--help" or "-h" or "-?")
            {
                line.Help = true;
                continue;
            }
            if (!options.Contains(option))
                throw new ArgumentsException($"There is no option '{option}'; the options are {string.Join(' ', options)} --help.");
            if (value is null && ++i < args.Length) value = args[i];
            if (string.IsNullOrEmpty(value)) throw new ArgumentsException($"{option} needs a value.");
            line._options.Add((option, value));
        }
        return line;
    }
}

/// <summary>The command line cannot be followed; the message says why.</summary>
internal sealed class ArgumentsException(string message) : Exception(message);
