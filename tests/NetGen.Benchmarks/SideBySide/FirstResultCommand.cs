using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>
/// <c>first-result</c>: the time from the start of a process to an engine's first output, and the process's memory. The command writes
/// the files and starts itself as that process.
/// </summary>
internal static class FirstResultCommand
{
    public const string Name = "first-result";

    private const string Usage = """
        Measures the time from the start of a process to an engine's first result, and the process's memory.

        usage: dotnet run -c Release --project tests/NetGen.Benchmarks -- first-result --engine E [options]

          --engine E      netgen, ort (ONNX Runtime), or none: a .NET process that does nothing
          --network X     the network (default lenet5)
          --threads N     threads, and processors to run on (default 1)
          --ort PATH      ONNX Runtime's shared library (default: the environment variable ORT_LIB, or
                          the npm package onnxruntime-node in the current directory)
        """;

    // What the command adds when it starts itself: where the files are, and when it did.
    private const string FilesOption = "--files";
    private const string StartedOption = "--started";

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var options = new CommandLine(
            arguments, ["--engine", "--network", "--threads", "--ort", FilesOption, StartedOption], ["--help", "-h"]);
        if (options.Has("--help") || options.Has("-h"))
        {
            Console.WriteLine(Usage);
            return 0;
        }

        EngineKind engine = options.Text("--engine")?.ToLowerInvariant() switch
        {
            "none" => EngineKind.None,
            "netgen" => EngineKind.NetGen,
            "ort" => EngineKind.Ort,
            null => throw new CommandLineException("--engine is missing: netgen, ort or none."),
            var other => throw new CommandLineException($"--engine is netgen, ort or none, not '{other}'."),
        };
        BenchmarkNetwork network = NetworkList.Find([options.Text("--network") ?? "lenet5"])[0];
        int threads = options.Integer("--threads", 1, 1, Processors.Most);
        if (options.Text(FilesOption) is { } files && long.TryParse(options.Text(StartedOption), out long started))
        {
            WriteFirstResult(engine, network, files, options.Text("--ort"), threads, started);
            return 0;
        }

        string? library = engine == EngineKind.Ort ? OnnxRuntimeLibrary.Find(options.Text("--ort")) : null;
        Processors.Pin(threads);
        using var directory = new TemporaryDirectory();
        if (engine != EngineKind.None) network.WriteFiles(directory.Path);
        FirstResult result = Measure(engine, network, directory.Path, library, threads);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Milliseconds:F1} ms, {result.Megabytes:F1} MB"));
        return 0;
    }

    /// <summary>Starts a process that loads a network from its files and computes one output.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="network">The network.</param>
    /// <param name="directory">Where its files are.</param>
    /// <param name="library">ONNX Runtime's library; for that engine only.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="EngineProcessException">The process failed; the message has what it printed.</exception>
    public static FirstResult Measure(EngineKind engine, BenchmarkNetwork network, string directory, string? library, int threads)
    {
        // The program runs as its own executable or in the dotnet host.
        string host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(typeof(FirstResultCommand).Assembly.Location);
        AddArguments(start, Name, "--engine", engine.ToString(), "--network", network.Name, FilesOption, directory);
        AddArguments(start, "--threads", threads.ToString(CultureInfo.InvariantCulture));
        if (library is not null) AddArguments(start, "--ort", library);

        // All processes of a machine share the clock behind Stopwatch.
        AddArguments(start, StartedOption, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0 && output.Split(' ') is [var milliseconds, var megabytes])
            return new FirstResult(Number(milliseconds), Number(megabytes));
        throw new EngineProcessException(
            $"The process for {network.Name} in {engine} ended with code {process.ExitCode}: {output}{errors.Result}");
    }

    private static void WriteFirstResult(
        EngineKind engine, BenchmarkNetwork network, string files, string? library, int threads, long started)
    {
        OnnxRuntime? runtime = engine == EngineKind.Ort ? new OnnxRuntime(library!) : null;
        InferenceEngine? loaded = engine switch
        {
            EngineKind.NetGen => network.LoadNetGen(files, threads),
            EngineKind.Ort => network.LoadOnnxRuntime(files, runtime!, threads),
            _ => null,
        };
        loaded?.Run();
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {1e-6 * process.PeakWorkingSet64}"));
        loaded?.Dispose();
        runtime?.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void AddArguments(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
    }
}
