namespace NetGen.Benchmarks.SideBySide;

/// <summary><c>side-by-side</c>: the same networks with the same weights in NetGen and in ONNX Runtime.</summary>
internal static class SideBySideCommand
{
    public const string Name = "side-by-side";

    // A process's start varies more than a run, and each takes from 0.1 to some seconds.
    private const int FirstResultProcesses = 3;

    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (SideBySideOptions.Parse(arguments) is not { } options)
        {
            Console.WriteLine(SideBySideOptions.Usage);
            return 0;
        }

        string library = OnnxRuntimeLibrary.Find(options.Library);
        IReadOnlyList<int> processors = Processors.Pin(options.Threads);
        using var runtime = new OnnxRuntime(library);
        using StreamWriter? csv = options.CsvPath is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
        if (csv is not null) Report.WriteCsvHead(csv);
        Report.WriteHead(options, runtime, processors);

        var comparisons = new List<Comparison>();
        foreach (BenchmarkNetwork network in options.Networks)
        {
            Console.Error.WriteLine($"{network.Name} ...");
            using var directory = new TemporaryDirectory();
            network.WriteFiles(directory.Path);
            comparisons.Add(Compare(network, directory.Path, runtime, library, options));
            if (csv is not null) Report.WriteCsvLine(csv, comparisons[^1], options.Threads);
        }

        Report.WriteTable(comparisons);
        Comparison[] wrong = [.. comparisons.Where(comparison => !OutputError.IsTolerable(comparison.Error))];
        foreach (Comparison comparison in wrong)
        {
            FormattableString difference = $"{comparison.Error:0.0E+00} of the largest, not {OutputError.Tolerance} at most";
            Console.Error.WriteLine($"{comparison.Network}: the outputs differ by {FormattableString.Invariant(difference)}.");
        }

        return wrong.Length == 0 ? 0 : 1;
    }

    private static Comparison Compare(
        BenchmarkNetwork network, string directory, OnnxRuntime runtime, string library, SideBySideOptions options)
    {
        FirstResult netGenFirst = MeasureFirst(EngineKind.NetGen), onnxRuntimeFirst = MeasureFirst(EngineKind.Ort);
        using InferenceEngine netGen = network.LoadNetGen(directory, options.Threads);
        using InferenceEngine onnxRuntime = network.LoadOnnxRuntime(directory, runtime, options.Threads);
        netGen.Run();
        onnxRuntime.Run();
        double firstError = OutputError.Relative(onnxRuntime.Output, netGen.Output);
        var timer = new SideBySideTimer(options.Threads, options.Seconds);
        (double netGenTime, double onnxRuntimeTime, double peak) = timer.Measure(netGen, onnxRuntime);
        return new Comparison
        {
            Network = network.Name,
            MultiplyAdds = network.MultiplyAdds,
            NetGenMicroseconds = netGenTime,
            OnnxRuntimeMicroseconds = onnxRuntimeTime,
            PeakGigaflops = peak,
            Error = Math.Max(firstError, OutputError.Relative(onnxRuntime.Output, netGen.Output)),
            NetGenFirst = netGenFirst,
            OnnxRuntimeFirst = onnxRuntimeFirst,
        };

        FirstResult MeasureFirst(EngineKind engine) => Enumerable.Range(0, FirstResultProcesses)
            .Select(_ => FirstResultCommand.Measure(engine, network, directory, engine == EngineKind.Ort ? library : null, options.Threads))
            .OrderBy(result => result.Milliseconds)
            .ElementAt(FirstResultProcesses / 2);
    }
}
