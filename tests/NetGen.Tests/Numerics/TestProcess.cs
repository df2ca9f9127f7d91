using System.Diagnostics;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>Runs tests of an assembly in a process of their own, for settings that hold for a process.</summary>
internal static class TestProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs the tests that a filter selects, demands that there are some and that they pass, and returns what was printed.</summary>
    /// <param name="tests">Any type of the assembly.</param>
    /// <param name="filter">A test case filter, such as <c>Category=Numeric</c>.</param>
    /// <param name="variables">Environment variables.</param>
    public static string Run(Type tests, string filter, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(
            dotnet, ["vstest", tests.Assembly.Location, $"--TestCaseFilter:{filter}", "--logger:console;verbosity=detailed"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the tests in a process of their own took more than {s_limit}:\n{text.Result}");
        }

        string printed = text.Result + error.Result;
        Assert.True(process.ExitCode == 0 && printed.Contains("Test Run Successful", StringComparison.Ordinal), printed);
        return printed;
    }
}
