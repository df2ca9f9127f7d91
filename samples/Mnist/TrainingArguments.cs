using System.Globalization;

namespace Samples;

/// <summary>What the command line asks for.</summary>
internal sealed class TrainingArguments
{
    public const string Usage = """
        Trains LeNet-5 on handwritten digits and saves its weights.

        usage: dotnet run -c Release --project samples/Mnist [-- options]

          --data DIR      directory with MNIST's original files (train-images-idx3-ubyte and so on,
                          plain or .gz); without it, digits that the program draws itself
          --epochs N      passes over the training images (default 8)
          --batch B       images a training step (default 64)
          --lr X          Adam's learning rate at the start; it falls to 0 along a cosine (default 0.002)
          --seed S        decides initial weights, order and drawn digits (default 1)
          --out FILE      where the weights go (default lenet5.safetensors)
          --threads T     threads to train with; the result does not depend on it (default: 2, or 1 on one core)
          --help          shows this

        The last line of output is the accuracy on the test images: test accuracy 0.9893
        """;

    private const int MostThreads = 256;

    public string? Data { get; private set; }

    public int Epochs { get; private set; } = 8;

    public int Batch { get; private set; } = 64;

    public float LearningRate { get; private set; } = 2e-3f;

    public int Seed { get; private set; } = 1;

    public string Out { get; private set; } = "lenet5.safetensors";

    public int Threads { get; private set; } = Math.Min(2, Environment.ProcessorCount);

    public bool Help { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentsException">An option is unknown, lacks its value, or has an impossible one.</exception>
    public static TrainingArguments Parse(string[] args)
    {
        CommandLine line = CommandLine.Parse(args, s_options.Keys);
        var parsed = new TrainingArguments { Help = line.Help };
        if (parsed.Help) return parsed;
        if (line.Words is [var word, ..])
            throw new ArgumentsException($"'{word}' is no option; the options are {string.Join(' ', s_options.Keys)} --help.");
        foreach ((string option, string value) in line.Options) s_options[option](parsed, value);
        parsed.CheckDirectories();
        return parsed;
    }

    private static readonly Dictionary<string, Action<TrainingArguments, string>> s_options = new()
    {
        ["--data"] = (a, value) => a.Data = value,
        ["--epochs"] = (a, value) => a.Epochs = Integer("--epochs", value, 1, 100_000),
        ["--batch"] = (a, value) => a.Batch = Integer("--batch", value, 1, 1_000_000),
        ["--lr"] = (a, value) => a.LearningRate = PositiveNumber("--lr", value),
        ["--seed"] = (a, value) => a.Seed = Integer("--seed", value, int.MinValue, int.MaxValue),
        ["--out"] = (a, value) => a.Out = value,
        ["--threads"] = (a, value) => a.Threads = Integer("--threads", value, 1, MostThreads),
    };

    // Better now than after minutes of training.
    private void CheckDirectories()
    {
        string? directory = Path.GetDirectoryName(Path.GetFullPath(Out));
        if (directory is null || Directory.Exists(Out))
            throw new ArgumentsException($"--out: '{Out}' is a directory; name a file.");
        if (!Directory.Exists(directory))
            throw new ArgumentsException($"--out: the directory '{directory}' does not exist.");
        try
        {
            string probe = Path.Combine(directory, $".{Path.GetRandomFileName()}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentsException($"--out: no file can be written to the directory '{directory}'; choose another one.");
        }
    }

    private static int Integer(string option, string value, int least, int most)
    {
        bool isInteger = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        if (isInteger && number >= least && number <= most) return number;
        throw new ArgumentsException($"{option} takes an integer from {least} to {most}, not '{value}'.");
    }

    private static float PositiveNumber(string option, string value)
    {
        bool isNumber = float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number);
        if (isNumber && number > 0 && float.IsFinite(number)) return number;
        throw new ArgumentsException($"{option} takes a positive number such as 0.002, not '{value}'.");
    }
}
