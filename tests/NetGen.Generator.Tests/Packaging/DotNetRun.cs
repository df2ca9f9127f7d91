using System.Diagnostics;
using System.Text;
using Xunit;

namespace NetGen.Generator.Tests.Packaging;

/// <summary>A command of the SDK's that has run: what it was, how it ended and all that it printed.</summary>
internal sealed record DotNetRun(string Command, int ExitCode, string Output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs <c>dotnet</c> and waits for it.</summary>
    public static DotNetRun Of(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What MSBuild and the test runner have set for this process would make a build inside it another than the user's.
        foreach (string name in start.Environment.Keys.Where(IsInherited).ToArray()) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // A process left behind for the next build would hold on to the output that is read here to its end.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        string command = $"cd {directory}; dotnet {string.Join(' ', arguments)}";
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command}\nhas not ended within {s_limit}:\n{output}");
        }

        process.WaitForExit(); // for the end of the output
        return new DotNetRun(command, process.ExitCode, output.ToString());
    }

    /// <summary>This run, which must have ended well.</summary>
    public DotNetRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{this}");
        return this;
    }

    /// <summary>Demands a text somewhere in the output.</summary>
    public void Printed(string text) => Assert.True(Output.Contains(text, StringComparison.Ordinal), $"'{text}' was not printed by\n{this}");

    /// <summary>Demands that a text is nowhere in the output.</summary>
    public void DidNotPrint(string text) => Assert.False(Output.Contains(text, StringComparison.Ordinal), $"'{text}' was printed by\n{this}");

    /// <inheritdoc />
    public override string ToString() => $"{Command}\n{Output}";

    private static bool IsInherited(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder output, string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
    }
}
