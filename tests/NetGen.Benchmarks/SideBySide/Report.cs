using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace NetGen.Benchmarks.SideBySide;

/// <summary>Prints comparisons: a table that a Markdown page can take as it is, and a file of comma-separated values.</summary>
internal static class Report
{
    private const int TableWidth = 220;

    /// <summary>Prints what was compared on which machine.</summary>
    public static void WriteHead(SideBySideOptions options, OnnxRuntime runtime, IReadOnlyList<int> processors)
    {
        string place = processors.Count == 0 ? "not pinned" : $"on processor {string.Join(", ", processors)}";
        string threads = options.Threads == 1 ? "1 thread" : $"{options.Threads} threads";
        string? version = typeof(TensorShape).Assembly.GetName().Version?.ToString(3);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {DateTime.Now:yyyy-MM-dd}, {ProcessorName()}, {RuntimeInformation.OSDescription}
            NetGen {version} on {RuntimeInformation.FrameworkDescription}, vectors of {FmaPeak.WidestBits} bits, {threads}
            ORT is ONNX Runtime {runtime.Version}, {threads}, all optimisations; both {place}
            """));
        if (FmaPeak.WidestBits > 0)
        {
            IEnumerable<string> peaks = new[] { 512, 256, 128 }.Where(bits => bits <= FmaPeak.WidestBits)
                .Select(bits => string.Create(CultureInfo.InvariantCulture, $"{FmaPeak.Measure(bits, options.Threads):F0} at {bits} bits"));
            Console.WriteLine($"peak of fused multiply-adds, GFLOP/s: {string.Join(", ", peaks)}");
        }

        FirstResult empty = FirstResultCommand.Measure(EngineKind.None, NetworkList.Zoo[0], ".", null, options.Threads);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a .NET process that does nothing: {empty.Milliseconds:F0} ms, {empty.Megabytes:F0} MB"));
        Console.WriteLine();
    }

    /// <summary>Prints a row for each network.</summary>
    public static void WriteTable(IEnumerable<Comparison> comparisons)
    {
        Table table = new Table().MarkdownBorder();
        table.AddColumn("network");
        string[] headings =
        [
            "ORT / NetGen", "NetGen µs", "ORT µs", "NetGen GFLOP/s", "of peak", "ORT GFLOP/s",
            "first result ms", "ORT first ms", "MB", "ORT MB", "error",
        ];
        foreach (string heading in headings) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        foreach (Comparison comparison in comparisons) table.AddRow(Row(comparison));

        // Lines broken at the width of a terminal would be no table any more.
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = TableWidth;
        console.Write(table);
        Console.WriteLine(text.ToString().Trim());
    }

    /// <summary>Writes the names of the figures in a line of comma-separated values.</summary>
    public static void WriteCsvHead(TextWriter writer) => writer.WriteLine(
        "network,threads,multiply_adds,netgen_us,ort_us,ratio,netgen_gflops,ort_gflops,peak_gflops,"
        + "netgen_first_ms,ort_first_ms,netgen_mb,ort_mb,error");

    /// <summary>Writes a network's figures in a line of comma-separated values.</summary>
    public static void WriteCsvLine(TextWriter writer, Comparison comparison, int threads) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{comparison.Network},{threads},{comparison.MultiplyAdds},"
        + $"{comparison.NetGenMicroseconds:F3},{comparison.OnnxRuntimeMicroseconds:F3},{comparison.Ratio:F4},"
        + $"{comparison.NetGenGigaflops:F2},{comparison.OnnxRuntimeGigaflops:F2},{comparison.PeakGigaflops:F2},"
        + $"{comparison.NetGenFirst.Milliseconds:F2},{comparison.OnnxRuntimeFirst.Milliseconds:F2},"
        + $"{comparison.NetGenFirst.Megabytes:F2},{comparison.OnnxRuntimeFirst.Megabytes:F2},{comparison.Error:0.000E+00}"));

    private static string[] Row(Comparison comparison) =>
    [
        comparison.Network,
        Text($"{comparison.Ratio:F2}"),
        Text($"{comparison.NetGenMicroseconds:N1}"),
        Text($"{comparison.OnnxRuntimeMicroseconds:N1}"),
        Text($"{comparison.NetGenGigaflops:F0}"),
        comparison.PeakGigaflops > 0 ? Text($"{100 * comparison.NetGenGigaflops / comparison.PeakGigaflops:F0}%") : "",
        Text($"{comparison.OnnxRuntimeGigaflops:F0}"),
        Text($"{comparison.NetGenFirst.Milliseconds:N0}"),
        Text($"{comparison.OnnxRuntimeFirst.Milliseconds:N0}"),
        Text($"{comparison.NetGenFirst.Megabytes:N0}"),
        Text($"{comparison.OnnxRuntimeFirst.Megabytes:N0}"),
        Text($"{comparison.Error:0.0E+00}") + (OutputError.IsTolerable(comparison.Error) ? "" : " WRONG"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? $"{RuntimeInformation.ProcessArchitecture} processor" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
