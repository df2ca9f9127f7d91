using System.Globalization;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>What <c>side-by-side</c> is to compare.</summary>
internal sealed record SideBySideOptions(
    IReadOnlyList<BenchmarkNetwork> Networks, int Threads, double Seconds, string? Library, string? CsvPath)
{
    public static readonly string Usage = $"""
        Compares NetGen's predictions with ONNX Runtime's, one image at a time: both engines in turn in one process.

        usage: dotnet run -c Release --project tests/NetGen.Benchmarks -- side-by-side [options]

          --networks X,Y  networks by name, any of these (default {Names(NetworkList.Zoo)})
          --later         networks of later years instead:
                          {Names(NetworkList.Later)}
          --chains        all chains of odd shapes instead:
                          {Names(NetworkList.Chains)}
          --threads N     threads of each engine, and processors to run on (default 1)
          --seconds S     time for each engine and network (default {DefaultSeconds.ToString(CultureInfo.InvariantCulture)})
          --ort PATH      ONNX Runtime's shared library (default: the environment variable ORT_LIB, or
                          the npm package onnxruntime-node in the current directory)
          --csv FILE      writes the figures to a file, too
          --help          shows this

        It ends with code 1 if the engines' outputs differ by more than {OutputError.Tolerance} of the largest output.
        """;

    private const double DefaultSeconds = 2;
    private const double MostSeconds = 3600;
    private const int NamesOfLine = 5;

    /// <summary>Reads the command line.</summary>
    /// <returns>Null if it asks for help.</returns>
    /// <exception cref="CommandLineException">An option is unknown or has an impossible value.</exception>
    public static SideBySideOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new CommandLine(
            arguments, ["--networks", "--threads", "--seconds", "--ort", "--csv"], ["--later", "--chains", "--help", "-h"]);
        if (options.Has("--help") || options.Has("-h")) return null;

        string? names = options.Text("--networks");
        if (new[] { names is not null, options.Has("--later"), options.Has("--chains") }.Count(given => given) > 1)
            throw new CommandLineException("--networks, --later and --chains exclude each other; --networks takes any names.");
        IReadOnlyList<BenchmarkNetwork> networks = names is not null
            ? NetworkList.Find(names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : options.Has("--later") ? NetworkList.Later
            : options.Has("--chains") ? NetworkList.Chains
            : NetworkList.Zoo;
        if (networks.Count == 0) throw new CommandLineException("--networks names none.");
        return new SideBySideOptions(
            networks,
            options.Integer("--threads", 1, 1, Processors.Most),
            options.PositiveNumber("--seconds", DefaultSeconds, MostSeconds),
            options.Text("--ort"),
            options.Text("--csv"));
    }

    private static string Names(IEnumerable<BenchmarkNetwork> networks) => string.Join(
        ",\n" + new string(' ', 26), networks.Select(network => network.Name).Chunk(NamesOfLine).Select(names => string.Join(',', names)));
}
